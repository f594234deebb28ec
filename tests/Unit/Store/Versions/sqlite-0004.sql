-- What version 4 wrote: the campaign Campaigns.Small, whole.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE schema_version (version INTEGER NOT NULL);
INSERT INTO schema_version VALUES(4);
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
, sequence INTEGER NOT NULL DEFAULT 0, tags TEXT NOT NULL DEFAULT '[]', note TEXT NOT NULL DEFAULT '', removals INTEGER NOT NULL DEFAULT 0);
INSERT INTO campaign VALUES(1,'small-1f3a9c','identity of small-1f3a9c',replace('name: x\nscenario: no-op\n','\n',char(10)),7,4,2,4,'running','[]',0.0,'2026-03-01T12:00:00.0000000Z','["sum","draw"]',2,'simulations', 3, '["fig"]', 'good', 0);
CREATE TABLE campaign_totals (
    campaign INTEGER PRIMARY KEY REFERENCES campaign (key) ON DELETE CASCADE,
    grains INTEGER NOT NULL, simulations INTEGER NOT NULL,
    none INTEGER NOT NULL, quiescent INTEGER NOT NULL, sparks INTEGER NOT NULL, abortive INTEGER NOT NULL,
    wave INTEGER NOT NULL, repetitive INTEGER NOT NULL, plateau INTEGER NOT NULL, undecided INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    digest BLOB NOT NULL,                     -- 32 bytes, most significant first
    core_seconds REAL NOT NULL
);
INSERT INTO campaign_totals VALUES(1,4,28,0,6,0,0,21,0,0,0,1,X'1823e0c0e32b0999e352138894271e5cef1eb24e240d196985f08032a4618ceb',1.0);
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
INSERT INTO grain VALUES(1,0,8,0,2,0,0,6,0,0,0,0,X'91fc4c3cb752927b3b71aee552f698730525ea65727f03f2e27a21b94427c016',0.25);
INSERT INTO grain VALUES(1,1,8,0,2,0,0,5,0,0,0,1,X'ea5c5fa1cfe8fac85ec16b5761173e0d6084a9cfc55de48f6d965d7fd1d8640e',0.25);
INSERT INTO grain VALUES(1,2,8,0,1,0,0,7,0,0,0,0,X'288d0876f820f91c9c5727053debc8a161d6bfce04c9e5b1c38305abda79a4a7',0.25);
INSERT INTO grain VALUES(1,3,4,0,1,0,0,3,0,0,0,0,X'733e2c6b63ce8339acc7d246a22d7f3b279d5e4ae7664b35725cfb4db3e7c420',0.25);
CREATE TABLE block (
    campaign INTEGER NOT NULL,
    grain INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (campaign, grain),
    FOREIGN KEY (campaign, grain) REFERENCES grain (campaign, grain) ON DELETE CASCADE
);
INSERT INTO block VALUES(1,0,X'010100000000000000000800000002000000000000000000d03f910000000348000080aaaaaaea9f05800f7ad4831ef4a0a7bbc8edc4c7bbeae9a687bbd9e96e76939b402eae3560ef1e87614018aa631172948b3f469246c2c68092955a7c4e0b84a6b5e9cc60265fd6d953b9de7dbfbfcf5410dddb42237a7b7e3c599224ad188a1e116bc8e5a2d7');
INSERT INTO block VALUES(1,1,X'010101000000000000000800000002000000000000000000d03fb10000000358000080aaaaaaea5fd5400cc02e2703010503050303030550a3b301e8c98e76b8dbc10e76513ba81eee07bd296879eb02ecbb60f141f101871cb2876826f821624526b1769cef3f5f5ffeeaab4fd57a128ea865d7b29e890c8146aaa9a6c6755ca0872bdcd0d6dd098988dad1c1057abc8f45eb00b027000869c3ce187e8f695b52');
INSERT INTO block VALUES(1,2,X'010102000000000000000800000002000000000000000000d03f910000000348000080aaaaaaea5f14942f17bddc44445545ae72b85c590fa793dc1444bd6c05f6a758c33b0ed9863b4e11890e00180064068a49ab4e621d1d6e78507f6b6cfc598f24977634e8783fea7fbb5e1c518f2457d62ab737d4507e0394');
INSERT INTO block VALUES(1,3,X'010103000000000000000400000002000000000000000000d03f490000000324000080aaaaaaea9f14802f173ddd44442f7cb85c590fa793de141c726b0797638639868eb18528c7a32521494c5ace946e1cecf14d925db071c600f0fe16e7b66da46e1047');
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
INSERT INTO point VALUES(1,0,0,4,0,1,0,0,3,0,0,0,0,'[[3,6,14],[4,6.4,15.240000000000002]]');
INSERT INTO point VALUES(1,1,0,4,0,1,0,0,3,0,0,0,0,'[[3,15,77],[3,16.299999999999997,93.22999999999999]]');
INSERT INTO point VALUES(1,2,0,4,0,1,0,0,3,0,0,0,0,'[[4,38,366],[4,38.4,373.64]]');
INSERT INTO point VALUES(1,3,0,4,0,1,0,0,2,0,0,0,1,'[[3,40,538],[3,41.3,573.23]]');
INSERT INTO point VALUES(1,4,0,4,0,0,0,0,4,0,0,0,0,'[[4,70,1230],[4,70.4,1244.0400000000004]]');
INSERT INTO point VALUES(1,5,0,4,0,1,0,0,3,0,0,0,0,'[[3,65,1413],[3,66.30000000000001,1467.23]]');
INSERT INTO point VALUES(1,6,0,4,0,1,0,0,3,0,0,0,0,'[[4,102,2606],[3,75.30000000000001,1892.0300000000002]]');
CREATE VIEW points AS
SELECT campaign.id AS campaign, point.point, SUM(n) AS n,
    SUM(none) AS none, SUM(quiescent) AS quiescent, SUM(sparks) AS sparks, SUM(abortive) AS abortive,
    SUM(wave) AS wave, SUM(repetitive) AS repetitive, SUM(plateau) AS plateau, SUM(undecided) AS undecided,
    SUM(failed) AS failed
FROM point JOIN campaign ON campaign.key = point.campaign
GROUP BY point.campaign, point.point;
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
COMMIT;
