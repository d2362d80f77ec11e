-- A caller that does not record its trace says so to everybody behind the outbox, too.
ALTER TABLE orderlab.outbox ADD COLUMN trace_flags smallint; -- W3C Trace Context; null: 1, sampled
