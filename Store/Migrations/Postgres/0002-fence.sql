-- The journal's number as of which the row stands: a coordinator that was replaced and does not know it undoes nothing.
ALTER TABLE campaign ADD COLUMN sequence bigint NOT NULL DEFAULT 0;

-- Campaigns that are gone, and the journal's number of that: whoever stood still before it does not bring them back.
CREATE TABLE deleted (
    id text COLLATE "C" PRIMARY KEY,
    sequence bigint NOT NULL
);

-- Of two halves of a cluster the one that comes first has the claim, and goes on.
CREATE TABLE claim (
    name text PRIMARY KEY,
    owner text NOT NULL,
    until timestamptz NOT NULL
);
