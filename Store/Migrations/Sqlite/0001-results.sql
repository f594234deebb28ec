-- One row a campaign: enough to list, export and plot it without the journal.
CREATE TABLE campaign (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    identity TEXT NOT NULL UNIQUE,            -- SHA-256 of the spec's canonical form, hex
    spec TEXT NOT NULL,                       -- the file as the user wrote it
    points INTEGER NOT NULL,
    replicates INTEGER NOT NULL,
    points_per_grain INTEGER NOT NULL,
    replicates_per_grain INTEGER NOT NULL,
    state TEXT NOT NULL,
    quarantined TEXT NOT NULL,                -- JSON: [{"simulation":…,"reason":…}]
    wall_seconds REAL NOT NULL,
    submitted TEXT NOT NULL,                  -- ISO 8601, UTC
    observe TEXT NOT NULL,                    -- JSON: names of the kept observables
    observables INTEGER,                      -- how many each simulation has; known from the first grain on
    keep TEXT NOT NULL
);

-- Sums over the rows of grain, kept in the same transaction: a million grains need no reading.
CREATE TABLE campaign_totals (
    campaign INTEGER PRIMARY KEY REFERENCES campaign (key) ON DELETE CASCADE,
    grains INTEGER NOT NULL, simulations INTEGER NOT NULL,
    none INTEGER NOT NULL, quiescent INTEGER NOT NULL, sparks INTEGER NOT NULL, abortive INTEGER NOT NULL,
    wave INTEGER NOT NULL, repetitive INTEGER NOT NULL, plateau INTEGER NOT NULL, undecided INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    digest BLOB NOT NULL,                     -- 32 bytes, most significant first
    core_seconds REAL NOT NULL
);

-- One row a finished grain. Small: which grains there are is read at every resume.
CREATE TABLE grain (
    campaign INTEGER NOT NULL REFERENCES campaign (key) ON DELETE CASCADE,
    grain INTEGER NOT NULL,
    simulations INTEGER NOT NULL,             -- quarantined ones are not counted
    none INTEGER NOT NULL, quiescent INTEGER NOT NULL, sparks INTEGER NOT NULL, abortive INTEGER NOT NULL,
    wave INTEGER NOT NULL, repetitive INTEGER NOT NULL, plateau INTEGER NOT NULL, undecided INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    digest BLOB NOT NULL,
    core_seconds REAL NOT NULL,
    PRIMARY KEY (campaign, grain)
) WITHOUT ROWID;

-- Every simulation of a grain, as Shared/Results/BlockCodec writes it. A table of its own, with row ids: large rows
-- would make the tree of a table without them deep.
CREATE TABLE block (
    campaign INTEGER NOT NULL,
    grain INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (campaign, grain),
    FOREIGN KEY (campaign, grain) REFERENCES grain (campaign, grain) ON DELETE CASCADE
);

-- For people: what each point came to. A point that is split into grains has a row for each; see the view points.
CREATE TABLE point (
    campaign INTEGER NOT NULL REFERENCES campaign (key) ON DELETE CASCADE,
    point INTEGER NOT NULL,
    first_replicate INTEGER NOT NULL,
    n INTEGER NOT NULL,                       -- simulations; quarantined ones are not counted
    none INTEGER NOT NULL, quiescent INTEGER NOT NULL, sparks INTEGER NOT NULL, abortive INTEGER NOT NULL,
    wave INTEGER NOT NULL, repetitive INTEGER NOT NULL, plateau INTEGER NOT NULL, undecided INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    sums TEXT NOT NULL,                       -- JSON: for each observable [n, sum, sum of squares], in replicate order
    PRIMARY KEY (campaign, point, first_replicate)
) WITHOUT ROWID;

CREATE VIEW points AS
SELECT campaign.id AS campaign, point.point, SUM(n) AS n,
    SUM(none) AS none, SUM(quiescent) AS quiescent, SUM(sparks) AS sparks, SUM(abortive) AS abortive,
    SUM(wave) AS wave, SUM(repetitive) AS repetitive, SUM(plateau) AS plateau, SUM(undecided) AS undecided,
    SUM(failed) AS failed
FROM point JOIN campaign ON campaign.key = point.campaign
GROUP BY point.campaign, point.point;

-- n counts the simulations to which the observable applies.
CREATE VIEW point_observables AS
SELECT campaign, point, observable, n, total / n AS mean,
    CASE WHEN n > 1 THEN sqrt(max(0.0, squares - total * total / n) / (n - 1)) END AS sd
FROM (
    SELECT campaign.id AS campaign, point.point AS point,
        COALESCE(json_extract(campaign.observe, '$[' || sums.key || ']'), sums.key) AS observable,
        SUM(json_extract(sums.value, '$[0]')) AS n,
        SUM(json_extract(sums.value, '$[1]')) AS total,
        SUM(json_extract(sums.value, '$[2]')) AS squares
    FROM point JOIN campaign ON campaign.key = point.campaign JOIN json_each(point.sums) AS sums
    GROUP BY point.campaign, point.point, sums.key
);
