-- The tables of one Orderlab. Everything lives in the schema "orderlab".

-- Fails the transaction when a statement touched fewer rows than it should have: somebody else changed them since they
-- were read. Serialization failure, so that the caller tries again.
CREATE FUNCTION orderlab.expect_rows(present bigint, wanted bigint, what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF present <> wanted THEN
        RAISE EXCEPTION '% changed meanwhile (% of % rows are as they were read)', what, present, wanted
            USING ERRCODE = 'serialization_failure';
    END IF;
END $$;

-- Microseconds since 1970, as the program counts.
CREATE FUNCTION orderlab.to_micros(moment timestamptz) RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT (extract(epoch FROM moment) * 1000000)::bigint $$;

CREATE TABLE orderlab.orders (
    id           uuid PRIMARY KEY,
    user_id      text NOT NULL,
    amount_minor bigint NOT NULL,              -- hundredths of the currency's main unit
    currency     char(3) NOT NULL,
    status       text NOT NULL CHECK (status IN ('created', 'paid', 'failed', 'canceled')),
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    version      integer NOT NULL              -- counts changes; an update expects the one it read
);
CREATE INDEX orders_by_time ON orderlab.orders (created_at, id);
CREATE INDEX orders_by_user ON orderlab.orders (user_id, created_at, id);
CREATE INDEX orders_by_status ON orderlab.orders (status, created_at, id);

-- Events that are to be published, in the order in which each order's events were emitted (sequence). Sequence order is
-- not commit order, so nothing may ever look for "sequence > the last one": unpublished rows are found by published_at.
CREATE TABLE orderlab.outbox (
    sequence     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slot         smallint NOT NULL,            -- hash of the order's id; see outbox_slots
    event_id     uuid NOT NULL,
    order_id     uuid NOT NULL,
    type         text NOT NULL,
    event_time   timestamptz NOT NULL,
    traceparent  text NOT NULL,
    extensions   json,                         -- [[name, value], ...]; null: none
    data         json NOT NULL,
    published_at timestamptz                   -- null: not yet
);
CREATE INDEX outbox_unpublished ON orderlab.outbox (slot, sequence) WHERE published_at IS NULL;

-- A relay locks rows of this table for as long as it holds rows of those slots; the lock dies with its connection.
CREATE TABLE orderlab.outbox_slots (slot smallint PRIMARY KEY);
INSERT INTO orderlab.outbox_slots SELECT generate_series(0, 15);

-- The inbox: what each consumer group has done.
CREATE TABLE orderlab.processed_events (
    consumer_group text NOT NULL,
    event_id       uuid NOT NULL,
    processed_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer_group, event_id)
);

CREATE TABLE orderlab.payments (
    order_id     uuid PRIMARY KEY,
    payment_id   uuid,                         -- the gateway's; null: nothing was charged
    outcome      text NOT NULL CHECK (outcome IN ('succeeded', 'declined', 'voided', 'refunded')),
    amount_minor bigint NOT NULL,
    currency     char(3) NOT NULL,
    reason       text NOT NULL,
    updated_at   timestamptz NOT NULL,
    version      integer NOT NULL DEFAULT 1    -- counts changes; an update expects the one it read
);

CREATE TABLE orderlab.refunds (
    order_id     uuid PRIMARY KEY,
    payment_id   uuid,
    amount_minor bigint NOT NULL,
    currency     char(3) NOT NULL,
    refunded_at  timestamptz NOT NULL
);

-- No uniqueness by event: that an event is told once is the inbox's doing.
CREATE TABLE orderlab.notifications (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id     uuid NOT NULL,
    order_id     uuid NOT NULL,
    about        text NOT NULL,
    user_id      text NOT NULL,
    amount_minor bigint NOT NULL,
    currency     char(3) NOT NULL,
    text         text NOT NULL,                -- as it would be sent
    created_at   timestamptz NOT NULL
);
CREATE INDEX notifications_by_order ON orderlab.notifications (order_id, id);

CREATE TABLE orderlab.analytics (
    minute        timestamptz NOT NULL,
    currency      char(3) NOT NULL,
    orders        bigint NOT NULL,
    paid          bigint NOT NULL,
    failed        bigint NOT NULL,
    canceled      bigint NOT NULL,
    revenue_minor bigint NOT NULL,
    PRIMARY KEY (minute, currency)
);

CREATE TABLE orderlab.dead_letters (
    id             uuid PRIMARY KEY,
    consumer_group text NOT NULL,
    event_id       uuid NOT NULL,
    order_id       uuid NOT NULL,
    type           text NOT NULL,
    event_time     timestamptz NOT NULL,
    traceparent    text NOT NULL,
    extensions     json,
    data           json NOT NULL,
    partition      integer NOT NULL,
    log_offset     bigint NOT NULL,
    attempts       integer NOT NULL,
    error          text NOT NULL,
    created_at     timestamptz NOT NULL,
    UNIQUE (consumer_group, event_id)
);
CREATE INDEX dead_letters_by_time ON orderlab.dead_letters (created_at, id);

CREATE TABLE orderlab.idempotency_keys (
    key         text PRIMARY KEY,
    fingerprint text NOT NULL,
    order_id    uuid,                          -- null: the first request is still in flight
    created_at  timestamptz NOT NULL
);

-- The payment gateway's own books: written on connections of their own, outside every transaction of ours.
CREATE TABLE orderlab.gateway_ledger (
    sequence     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind         text NOT NULL CHECK (kind IN ('charge', 'refund')),
    payment_id   uuid NOT NULL,
    payment_key  uuid,                         -- null: the request came without
    order_id     uuid NOT NULL,
    amount_minor bigint NOT NULL,
    currency     char(3) NOT NULL,
    created_at   timestamptz NOT NULL
);
CREATE INDEX gateway_ledger_by_key ON orderlab.gateway_ledger (payment_key, sequence) WHERE payment_key IS NOT NULL;
