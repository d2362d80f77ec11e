-- Where the log has each published row, so that a row whose record the log has dropped is found and published again.
-- Null: not published, or published by an older version.
ALTER TABLE orderlab.outbox ADD COLUMN log_partition integer;
ALTER TABLE orderlab.outbox ADD COLUMN log_offset bigint;

-- What the log of event_log.identity had when it was last looked at. generation counts the logs that a partition has been:
-- a topic that was deleted and made anew is another one.
CREATE TABLE orderlab.log_extents (
    topic      text NOT NULL,
    partition  integer NOT NULL,
    generation bigint NOT NULL,
    earliest   bigint NOT NULL,
    log_end    bigint NOT NULL,
    PRIMARY KEY (topic, partition)
);
