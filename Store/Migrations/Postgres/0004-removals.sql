-- How often results were removed (retry, delete): grains that were begun before are not taken any more.
ALTER TABLE campaign ADD COLUMN removals bigint NOT NULL DEFAULT 0;
