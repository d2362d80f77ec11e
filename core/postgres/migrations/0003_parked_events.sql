-- The retry topic: events that a group tries again later, while others pass them.
CREATE TABLE orderlab.parked_events (
    consumer_group text NOT NULL,
    event_id       uuid NOT NULL,
    order_id       uuid NOT NULL,
    type           text NOT NULL,
    event_time     timestamptz NOT NULL,
    traceparent    text NOT NULL,
    extensions     json,
    data           json NOT NULL,
    partition      integer NOT NULL,              -- where it was delivered from
    log_offset     bigint NOT NULL,
    attempts       integer NOT NULL,              -- made so far
    attempts_made  jsonb NOT NULL,                -- as in dead_letters, oldest first
    parked_at      timestamptz NOT NULL,
    due_at         timestamptz NOT NULL,          -- later while a worker has it: a lease that ends by itself
    PRIMARY KEY (consumer_group, event_id)
);
CREATE INDEX parked_events_due ON orderlab.parked_events (consumer_group, due_at, event_id);
