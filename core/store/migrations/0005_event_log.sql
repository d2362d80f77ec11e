-- Which log the published rows of the outbox are in: the identity of the bus that was started last, empty for one that is
-- gone with its process.
CREATE TABLE orderlab.event_log (
    only     boolean PRIMARY KEY DEFAULT true CHECK (only),
    identity text NOT NULL DEFAULT ''
);
INSERT INTO orderlab.event_log DEFAULT VALUES;
