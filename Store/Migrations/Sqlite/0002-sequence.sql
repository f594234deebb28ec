-- The journal's number as of which the row stands.
ALTER TABLE campaign ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
