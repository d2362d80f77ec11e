-- Dead letters keep every attempt, a state, and what people did with them; a replay goes to one group only.

ALTER TABLE orderlab.dead_letters
    ADD COLUMN code          text NOT NULL DEFAULT 'internal',   -- the last error's
    ADD COLUMN attempts_made jsonb NOT NULL DEFAULT '[]',        -- [{"at" (microseconds), "number", "code", "error"}, ...]
    ADD COLUMN state         text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'replayed', 'discarded')),
    ADD COLUMN audit         jsonb NOT NULL DEFAULT '[]';        -- [{"kind", "at", "by", "reason"}, ...]
CREATE INDEX dead_letters_by_state ON orderlab.dead_letters (state, created_at, id);
CREATE INDEX dead_letters_by_order ON orderlab.dead_letters (order_id);

-- The only group that is to handle the event; null: all. It is among the extensions as well, for the log.
ALTER TABLE orderlab.outbox ADD COLUMN target_group text;

-- The last items of a list.
CREATE FUNCTION orderlab.keep_last(list jsonb, wanted integer) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_agg(item ORDER BY place), '[]') FROM
        (SELECT item, place FROM jsonb_array_elements(list) WITH ORDINALITY AS e(item, place)
         ORDER BY place DESC LIMIT wanted) newest $$;
