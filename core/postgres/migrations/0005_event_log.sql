-- Which log the published rows of the outbox are in: the identity of the bus that was started last, empty for one that is
-- gone with its process.
CREATE TABLE orderlab.event_log (
    is_only  boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    identity text NOT NULL DEFAULT ''
);
INSERT INTO orderlab.event_log DEFAULT VALUES;
