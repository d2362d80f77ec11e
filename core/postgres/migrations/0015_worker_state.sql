-- What workers of one's own keep; written in the transaction of the event's effects.
CREATE TABLE orderlab.worker_state (
    consumer_group text NOT NULL,
    key            text NOT NULL,
    value          text NOT NULL, -- JSON, as the worker wrote it
    updated_at     timestamptz NOT NULL,
    PRIMARY KEY (consumer_group, key)
);
