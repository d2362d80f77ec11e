-- What an event says beyond who, how much, payment and reason. Null in most rows, which then take no more room.
ALTER TABLE orderlab.outbox ADD COLUMN details jsonb;
CREATE OR REPLACE FUNCTION orderlab.event_data(o orderlab.outbox) RETURNS json LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN o.details IS NULL THEN common ELSE (common::jsonb || o.details)::json END
    FROM json_strip_nulls(json_build_object('user_id', o.user_id, 'amount', round(o.amount_minor / 100.0, 2)::text,
                                            'currency', o.currency, 'payment_id', o.payment_id, 'reason', o.reason)) AS common $$;
