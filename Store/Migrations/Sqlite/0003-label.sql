-- What people say of a campaign: no part of it, and no projection of the journal.
ALTER TABLE campaign ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE campaign ADD COLUMN note TEXT NOT NULL DEFAULT '';
