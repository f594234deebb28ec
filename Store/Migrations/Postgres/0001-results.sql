-- Runs with search_path set to the schema of the store.

-- One row a campaign: enough to list, export and plot it without the journal.
CREATE TABLE campaign (
    key integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    identity text COLLATE "C" NOT NULL UNIQUE, -- SHA-256 of the spec's canonical form, hex
    spec text NOT NULL,                        -- the file as the user wrote it
    points bigint NOT NULL,
    replicates integer NOT NULL,
    points_per_grain integer NOT NULL,
    replicates_per_grain integer NOT NULL,
    state text NOT NULL,
    quarantined text NOT NULL,                 -- JSON: [{"simulation":…,"reason":…}]
    wall_seconds double precision NOT NULL,
    submitted text COLLATE "C" NOT NULL,       -- ISO 8601, UTC
    observe text NOT NULL,                     -- JSON: names of the kept observables
    observables integer,                       -- how many each simulation has; known from the first grain on
    keep text NOT NULL
);

-- Sums over the rows of grain, kept in the same transaction: a million grains need no reading. Several rows a campaign,
-- so that writers wait less for each other; whoever reads adds them up.
CREATE TABLE campaign_totals (
    campaign integer NOT NULL REFERENCES campaign (key) ON DELETE CASCADE,
    slot integer NOT NULL,
    grains bigint NOT NULL, simulations bigint NOT NULL,
    none bigint NOT NULL, quiescent bigint NOT NULL, sparks bigint NOT NULL, abortive bigint NOT NULL,
    wave bigint NOT NULL, repetitive bigint NOT NULL, plateau bigint NOT NULL, undecided bigint NOT NULL,
    failed bigint NOT NULL,
    digest numeric(78, 0) NOT NULL,            -- sum modulo 2^256
    core_seconds double precision NOT NULL,
    PRIMARY KEY (campaign, slot)
) WITH (fillfactor = 20);                      -- updated all the time: a new version finds room beside the old one

-- One row a finished grain. Small: which grains there are is read at every resume.
CREATE TABLE grain (
    campaign integer NOT NULL REFERENCES campaign (key) ON DELETE CASCADE,
    grain bigint NOT NULL,
    simulations integer NOT NULL,              -- quarantined ones are not counted
    none integer NOT NULL, quiescent integer NOT NULL, sparks integer NOT NULL, abortive integer NOT NULL,
    wave integer NOT NULL, repetitive integer NOT NULL, plateau integer NOT NULL, undecided integer NOT NULL,
    failed integer NOT NULL,
    digest bytea NOT NULL,                     -- 32 bytes, most significant first
    core_seconds double precision NOT NULL,
    PRIMARY KEY (campaign, grain)
);

-- Every simulation of a grain, as Shared/Results/BlockCodec writes it.
CREATE TABLE block (
    campaign integer NOT NULL,
    grain bigint NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (campaign, grain),
    FOREIGN KEY (campaign, grain) REFERENCES grain (campaign, grain) ON DELETE CASCADE
);

-- It is compressed already.
ALTER TABLE block ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- For people: what each point came to. A point that is split into grains has a row for each; see the view points. No
-- foreign key: it would be checked once for each of up to a hundred thousand rows a second.
CREATE TABLE point (
    campaign integer NOT NULL,
    point bigint NOT NULL,
    first_replicate integer NOT NULL,
    n integer NOT NULL,                        -- simulations; quarantined ones are not counted
    none integer NOT NULL, quiescent integer NOT NULL, sparks integer NOT NULL, abortive integer NOT NULL,
    wave integer NOT NULL, repetitive integer NOT NULL, plateau integer NOT NULL, undecided integer NOT NULL,
    failed integer NOT NULL,
    sums double precision[] NOT NULL,          -- for each observable n, sum, sum of squares, in replicate order
    PRIMARY KEY (campaign, point, first_replicate)
);

CREATE VIEW points AS
SELECT campaign.id AS campaign, point.point, sum(n) AS n,
    sum(none) AS none, sum(quiescent) AS quiescent, sum(sparks) AS sparks, sum(abortive) AS abortive,
    sum(wave) AS wave, sum(repetitive) AS repetitive, sum(plateau) AS plateau, sum(undecided) AS undecided,
    sum(failed) AS failed
FROM point JOIN campaign ON campaign.key = point.campaign
GROUP BY campaign.id, point.point;

-- n counts the simulations to which the observable applies.
CREATE VIEW point_observables AS
SELECT campaign, point, observable, n, total / nullif(n, 0) AS mean,
    CASE WHEN n > 1 THEN sqrt(greatest(0, squares - total * total / n) / (n - 1)) END AS sd
FROM (
    SELECT campaign.id AS campaign, point.point, coalesce(campaign.observe::jsonb ->> number, number::text) AS observable,
        sum(sums[3 * number + 1]) AS n, sum(sums[3 * number + 2]) AS total, sum(sums[3 * number + 3]) AS squares
    FROM point JOIN campaign ON campaign.key = point.campaign
        CROSS JOIN LATERAL generate_series(0, cardinality(sums) / 3 - 1) AS number
    GROUP BY campaign.id, campaign.observe, point.point, number
) AS added;

-- Journal and snapshots of the actors, as Akka.Persistence.Sql lays them out. Made here and not by the plugin: it may
-- fail when several nodes start at once.
CREATE TABLE journal (
    ordering bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created bigint NOT NULL,
    deleted boolean NOT NULL,
    persistence_id text NOT NULL,
    sequence_number bigint NOT NULL,
    message bytea NOT NULL,
    manifest text,
    identifier integer,
    tags text,
    writer_uuid text,
    CONSTRAINT journal_uq UNIQUE (persistence_id, sequence_number)
);

CREATE TABLE snapshot (
    persistence_id text NOT NULL,
    sequence_number bigint NOT NULL,
    created bigint NOT NULL,
    manifest text,
    snapshot bytea,
    serializer_id integer,
    PRIMARY KEY (persistence_id, sequence_number)
);
