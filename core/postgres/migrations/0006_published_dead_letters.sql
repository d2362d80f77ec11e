-- A dead letter is its own outbox row: written with the transaction that gives up, published to the log's topic of dead
-- letters afterwards. Letters from before are published as well.
ALTER TABLE orderlab.dead_letters ADD COLUMN published_at timestamptz; -- null: not yet, or not since it was given up again
CREATE INDEX dead_letters_unpublished ON orderlab.dead_letters (created_at, id) WHERE published_at IS NULL;
