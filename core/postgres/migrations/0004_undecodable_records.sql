-- Dead letters of records that are none of our events: key and value as they were in the log. Such a letter has the null
-- order, `null` as its data and the record's headers as its extensions.
ALTER TABLE orderlab.dead_letters
    ADD COLUMN raw_key   bytea,
    ADD COLUMN raw_value bytea, -- null: it is an event
    ADD CONSTRAINT dead_letters_raw CHECK ((raw_key IS NULL) = (raw_value IS NULL));
