-- A minute's figures are spread over slots, so that workers do not queue for one row: what they add up to is sum(…) over
-- the slots, GROUP BY minute, currency.
ALTER TABLE orderlab.analytics ADD COLUMN slot smallint NOT NULL DEFAULT 0;
ALTER TABLE orderlab.analytics DROP CONSTRAINT analytics_pkey;
ALTER TABLE orderlab.analytics ADD PRIMARY KEY (minute, currency, slot);
