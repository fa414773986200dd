BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0012');
CREATE TABLE answered_messages (
	team_id TEXT NOT NULL, 
	channel_id TEXT NOT NULL, 
	ts TEXT NOT NULL, 
	words_hash TEXT, 
	taken_at DATETIME NOT NULL, 
	CONSTRAINT pk_answered_messages PRIMARY KEY (team_id, channel_id, ts)
);
INSERT INTO "answered_messages" VALUES('T1','C0STUDIO','1763888500.000100','7e86ddcecdbdfd44e0221a6ffeb738e0f99a60b2545c6f5e8f3bfeaccfc3871f','2026-11-23 09:00:00.000000');
INSERT INTO "answered_messages" VALUES('T1','C0STUDIO','1763888500.000101',NULL,'2026-11-13 09:00:00.000000');
CREATE TABLE api_tokens (
	team_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	revoked_at DATETIME, 
	CONSTRAINT pk_api_tokens PRIMARY KEY (team_id, id), 
	CONSTRAINT uq_api_tokens_hash UNIQUE (hash)
);
INSERT INTO "api_tokens" VALUES('T1','877285e89d','sample 1','642fe51e78f53e031ad6929a942a6fe9fcd4c26d8252660f0bc1aa1f3b206788','2026-11-01 09:00:00.000000','2026-11-03 09:00:00.000000');
INSERT INTO "api_tokens" VALUES('T1','1509b35e3b','sample 2','76c7b7040df1797a11fafb682d006c930f1b5ebd7e13af04a631b3ff32071426','2026-11-02 09:00:00.000000',NULL);
CREATE TABLE application_versions (
    version_id TEXT NOT NULL PRIMARY KEY,
    version_name TEXT NOT NULL UNIQUE,
    version_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    created_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
, "application_name" TEXT DEFAULT NULL);
CREATE TABLE audits (
	team_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	person_id TEXT, 
	what TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	CONSTRAINT pk_audits PRIMARY KEY (team_id, id)
);
INSERT INTO "audits" VALUES('T1','28987e216cf2eef3','2026-10-01 09:00:00.000000','U1','budget','{"scope": "workspace", "id": "", "old": null, "new": "$40.00 per month"}');
INSERT INTO "audits" VALUES('T1','c8dbe820de7614bb','2026-10-02 09:00:00.000000','U1','budget','{"scope": "workspace", "id": "", "old": "$40.00 per month", "new": "$45.00 per month"}');
INSERT INTO "audits" VALUES('T1','4423cd76e1dad815','2026-10-01 09:00:00.000000','U1','budget','{"scope": "channel", "id": "C0STUDIO", "old": null, "new": "$6.00 per month"}');
INSERT INTO "audits" VALUES('T1','2170b07949f70964','2026-10-02 09:00:00.000000','U1','budget','{"scope": "channel", "id": "C0STUDIO", "old": "$6.00 per month", "new": "$7.00 per week"}');
INSERT INTO "audits" VALUES('T1','a4723995db2afad5','2026-10-01 09:00:00.000000','U1','budget','{"scope": "person", "id": "U2", "old": null, "new": "$2.00 per month"}');
INSERT INTO "audits" VALUES('T1','507f5d0c902dfe30','2026-10-02 09:00:00.000000','U1','budget','{"scope": "person", "id": "U2", "old": "$2.00 per month", "new": "$1.20 per month"}');
INSERT INTO "audits" VALUES('T1','38d4c322f3258dff','2026-10-01 09:00:00.000000','U1','budget','{"scope": "project", "id": "kites", "old": null, "new": "$3.00 per week"}');
INSERT INTO "audits" VALUES('T1','4893a2fdbb234a82','2026-10-02 09:00:00.000000','U1','budget','{"scope": "project", "id": "kites", "old": "$3.00 per week", "new": "$4.00 per month"}');
INSERT INTO "audits" VALUES('T1','01fbb72cb5165070','2026-10-01 09:00:00.000000','U1','budget','{"scope": "person", "id": "U3", "old": null, "new": "$1.00 per week"}');
INSERT INTO "audits" VALUES('T1','2f8ea85735233857','2026-10-02 09:00:00.000000','U1','budget','{"scope": "person", "id": "U3", "old": "$1.00 per week", "new": null}');
INSERT INTO "audits" VALUES('T1','c1137d4a40ef8120','2026-10-01 09:00:00.000000','U1','channel project','{"channel": "C0STUDIO", "old": null, "new": "boats"}');
INSERT INTO "audits" VALUES('T1','b27847f0a2885100','2026-11-01 09:00:00.000000','U1','channel project','{"channel": "C0STUDIO", "old": "boats", "new": "kites"}');
INSERT INTO "audits" VALUES('T1','d776d7b6f22b27c7','2026-11-22 09:00:00.000000','U1','bench','{"bench": "1bbef3f79e", "did": "start", "reserved": 918000000}');
INSERT INTO "audits" VALUES('T1','a36de86f36c576a8','2026-11-22 09:12:00.000000','U2','bench','{"bench": "1bbef3f79e", "did": "seal"}');
INSERT INTO "audits" VALUES('T1','7c7bb5f31d015b26','2026-11-22 09:00:00.000000','U1','bench','{"bench": "516b8a558e", "did": "start", "reserved": 374000000}');
INSERT INTO "audits" VALUES('T1','1cad867684e7e02d','2026-11-22 09:00:00.000000','U1','bench','{"bench": "73dec90152", "did": "start", "reserved": 374000000}');
INSERT INTO "audits" VALUES('T1','98444323a50bf626','2026-11-22 09:00:00.000000','U1','bench','{"bench": "1aa8c321bf", "did": "cancel"}');
INSERT INTO "audits" VALUES('T1','25e65fb9f1b95802','2026-11-01 09:00:00.000000','U1','digest.on','C0STUDIO Monday 09:00 (UTC)');
INSERT INTO "audits" VALUES('T1','4706297d2012474a','2026-11-01 09:00:00.000000','U1','digest.on','C0SHOP Monday 09:00 (Europe/Berlin)');
INSERT INTO "audits" VALUES('T1','cc4bccba07b7350f','2026-11-20 09:00:00.000000','U1','digest.off','C0SHOP');
INSERT INTO "audits" VALUES('T1','29b1b345b88e939d','2026-11-24 09:00:00.000000','U1','sample','a note of the sample data');
CREATE TABLE bench_prompts (
	team_id TEXT NOT NULL, 
	bench_id TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	prompt TEXT NOT NULL, 
	dropped TEXT, 
	CONSTRAINT pk_bench_prompts PRIMARY KEY (team_id, bench_id, place), 
	CONSTRAINT fk_bench_prompts_team_id_bench_id FOREIGN KEY(team_id, bench_id) REFERENCES benches (team_id, id)
);
INSERT INTO "bench_prompts" VALUES('T1','1bbef3f79e',0,'sample sealed 0',NULL);
INSERT INTO "bench_prompts" VALUES('T1','1bbef3f79e',1,'sample sealed 1',NULL);
INSERT INTO "bench_prompts" VALUES('T1','1bbef3f79e',2,'sample sealed 2',NULL);
INSERT INTO "bench_prompts" VALUES('T1','1bbef3f79e',3,'sample sealed 3',NULL);
INSERT INTO "bench_prompts" VALUES('T1','1bbef3f79e',4,'sample sealed 4','rate_limited');
INSERT INTO "bench_prompts" VALUES('T1','1bbef3f79e',5,'sample sealed 5',NULL);
INSERT INTO "bench_prompts" VALUES('T1','1bbef3f79e',6,'sample sealed 6',NULL);
INSERT INTO "bench_prompts" VALUES('T1','1bbef3f79e',7,'sample sealed 7',NULL);
INSERT INTO "bench_prompts" VALUES('T1','1bbef3f79e',8,'sample sealed 8',NULL);
INSERT INTO "bench_prompts" VALUES('T1','1bbef3f79e',9,'sample sealed 9',NULL);
INSERT INTO "bench_prompts" VALUES('T1','1bbef3f79e',10,'sample sealed 10',NULL);
INSERT INTO "bench_prompts" VALUES('T1','1bbef3f79e',11,'sample sealed 11',NULL);
INSERT INTO "bench_prompts" VALUES('T1','516b8a558e',0,'sample in review 0',NULL);
INSERT INTO "bench_prompts" VALUES('T1','516b8a558e',1,'sample in review 1',NULL);
INSERT INTO "bench_prompts" VALUES('T1','516b8a558e',2,'sample in review 2',NULL);
INSERT INTO "bench_prompts" VALUES('T1','516b8a558e',3,'sample in review 3',NULL);
INSERT INTO "bench_prompts" VALUES('T1','516b8a558e',4,'sample in review 4',NULL);
INSERT INTO "bench_prompts" VALUES('T1','73dec90152',0,'sample being drawn 0',NULL);
INSERT INTO "bench_prompts" VALUES('T1','73dec90152',1,'sample being drawn 1',NULL);
INSERT INTO "bench_prompts" VALUES('T1','73dec90152',2,'sample being drawn 2',NULL);
INSERT INTO "bench_prompts" VALUES('T1','73dec90152',3,'sample being drawn 3',NULL);
INSERT INTO "bench_prompts" VALUES('T1','73dec90152',4,'sample being drawn 4',NULL);
INSERT INTO "bench_prompts" VALUES('T1','1aa8c321bf',0,'sample cancelled 0',NULL);
INSERT INTO "bench_prompts" VALUES('T1','1aa8c321bf',1,'sample cancelled 1',NULL);
INSERT INTO "bench_prompts" VALUES('T1','1aa8c321bf',2,'sample cancelled 2',NULL);
INSERT INTO "bench_prompts" VALUES('T1','1aa8c321bf',3,'sample cancelled 3',NULL);
INSERT INTO "bench_prompts" VALUES('T1','1aa8c321bf',4,'sample cancelled 4',NULL);
CREATE TABLE benches (
	team_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	request_key TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	question TEXT NOT NULL, 
	"plan" TEXT NOT NULL, 
	seed TEXT NOT NULL, 
	cap_nanousd BIGINT NOT NULL, 
	held_nanousd BIGINT NOT NULL, 
	demo BOOLEAN NOT NULL, 
	state TEXT NOT NULL, 
	reason TEXT, 
	person_id TEXT NOT NULL, 
	source TEXT NOT NULL, 
	channel_id TEXT, 
	message_ts TEXT, 
	verdict_ts TEXT, 
	project TEXT, 
	parent_id TEXT, 
	period TEXT, 
	week TEXT, 
	created_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT pk_benches PRIMARY KEY (team_id, id), 
	CONSTRAINT ck_benches_state CHECK (state IN ('planned', 'drawing', 'reviewing', 'sealed', 'cancelled')), 
	CONSTRAINT ck_benches_held CHECK (held_nanousd >= 0), 
	CONSTRAINT ck_benches_cap CHECK (cap_nanousd >= 0), 
	CONSTRAINT uq_benches_team_id_request_key UNIQUE (team_id, request_key)
);
INSERT INTO "benches" VALUES('T1','1bbef3f79e','bench-sealed','kites','kites | gpt-image-2.5-flare medium 1024x1024 | gpt-image-2.5-sunburst medium 1024x1024','{"entrants": [["budget", "gpt-image-2.5-flare", "medium", 1024, 1024], ["premium", "gpt-image-2.5-sunburst", "medium", 1024, 1024]], "reviewers": 1, "effort": ["30", "30"]}','8b38b806e7a96f028723adc457c9ce38',918000000,0,0,'sealed',NULL,'U1','slack','C0SHOP',NULL,NULL,NULL,NULL,'2026-11','2026-W47','2026-11-22 09:00:00.000000','2026-11-22 09:12:00.000000');
INSERT INTO "benches" VALUES('T1','516b8a558e','bench-in review','kites','kites | gpt-image-2.5-flare medium 1024x1024 | gpt-image-2.5-sunburst medium 1024x1024','{"entrants": [["budget", "gpt-image-2.5-flare", "medium", 1024, 1024], ["premium", "gpt-image-2.5-sunburst", "medium", 1024, 1024]], "reviewers": 1, "effort": ["30", "30"]}','7ac0182085b5dc5a4568f204c4dc425a',374000000,0,0,'reviewing',NULL,'U1','slack','C0SHOP',NULL,NULL,NULL,NULL,'2026-11','2026-W47','2026-11-22 09:00:00.000000',NULL);
INSERT INTO "benches" VALUES('T1','73dec90152','bench-being drawn','kites','kites | gpt-image-2.5-flare medium 1024x1024 | gpt-image-2.5-sunburst medium 1024x1024','{"entrants": [["budget", "gpt-image-2.5-flare", "medium", 1024, 1024], ["premium", "gpt-image-2.5-sunburst", "medium", 1024, 1024]], "reviewers": 1, "effort": ["30", "30"]}','90fbfc00cb4096ebdc92e80ba4a6e5f3',374000000,34000000,0,'drawing',NULL,'U1','slack','C0SHOP',NULL,NULL,NULL,NULL,'2026-11','2026-W47','2026-11-22 09:00:00.000000',NULL);
INSERT INTO "benches" VALUES('T1','1aa8c321bf','bench-cancelled','kites','kites | gpt-image-2.5-flare medium 1024x1024 | gpt-image-2.5-sunburst medium 1024x1024','{"entrants": [["budget", "gpt-image-2.5-flare", "medium", 1024, 1024], ["premium", "gpt-image-2.5-sunburst", "medium", 1024, 1024]], "reviewers": 1, "effort": ["30", "30"]}','1ed2d44a925eae2c39fd9ee630fe1b7f',374000000,0,0,'cancelled','cancelled','U1','slack','C0STUDIO',NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000');
CREATE TABLE bill_readings (
	team_id TEXT NOT NULL, 
	day TEXT NOT NULL, 
	again_at DATETIME NOT NULL, 
	done_at DATETIME, 
	problem TEXT, 
	CONSTRAINT pk_bill_readings PRIMARY KEY (team_id, day)
);
INSERT INTO "bill_readings" VALUES('T1','2026-11-22','2026-11-22 07:00:00.000000','2026-11-22 06:01:00.000000',NULL);
INSERT INTO "bill_readings" VALUES('T1','2026-11-23','2026-11-23 07:00:00.000000',NULL,'The provider''s bill could not be read.');
CREATE TABLE budget_alerts (
	team_id TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	scope_id TEXT NOT NULL, 
	period TEXT NOT NULL, 
	threshold INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	told_at DATETIME NOT NULL, 
	CONSTRAINT pk_budget_alerts PRIMARY KEY (team_id, scope, scope_id, period, threshold), 
	CONSTRAINT ck_budget_alerts_state CHECK (state IN ('over', 'back'))
);
INSERT INTO "budget_alerts" VALUES('T1','person','U2','2026-11',5,'over','2026-11-25 12:00:00.000000');
INSERT INTO "budget_alerts" VALUES('T1','project','kites','2026-11',5,'over','2026-11-25 12:00:00.000000');
CREATE TABLE budget_periods (
	team_id TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	scope_id TEXT NOT NULL, 
	period TEXT NOT NULL, 
	spent_nanousd BIGINT NOT NULL, 
	reserved_nanousd BIGINT NOT NULL, 
	CONSTRAINT pk_budget_periods PRIMARY KEY (team_id, scope, scope_id, period), 
	CONSTRAINT ck_budget_periods_reserved CHECK (reserved_nanousd >= 0)
);
INSERT INTO "budget_periods" VALUES('T2','workspace','','2026-11',13190000,0);
INSERT INTO "budget_periods" VALUES('T1','workspace','','2026-10',174173000,0);
INSERT INTO "budget_periods" VALUES('T1','channel','C0STUDIO','2026-10',174173000,0);
INSERT INTO "budget_periods" VALUES('T1','channel','C0STUDIO','2026-W40',0,0);
INSERT INTO "budget_periods" VALUES('T1','person','U2','2026-10',0,0);
INSERT INTO "budget_periods" VALUES('T1','project','kites','2026-W40',0,0);
INSERT INTO "budget_periods" VALUES('T1','project','kites','2026-10',174173000,0);
INSERT INTO "budget_periods" VALUES('T1','person','U3','2026-W40',0,0);
INSERT INTO "budget_periods" VALUES('T1','channel','C0STUDIO','2026-W42',13170000,0);
INSERT INTO "budget_periods" VALUES('T1','channel','C0STUDIO','2026-W44',161003000,0);
INSERT INTO "budget_periods" VALUES('T1','channel','C0STUDIO','2026-W45',13171000,0);
INSERT INTO "budget_periods" VALUES('T1','project','kites','2026-11',691810000,102000000);
INSERT INTO "budget_periods" VALUES('T1','workspace','','2026-11',1423009000,374000000);
INSERT INTO "budget_periods" VALUES('T1','channel','C0STUDIO','2026-W46',13172000,0);
INSERT INTO "budget_periods" VALUES('T1','person','U2','2026-11',359555000,0);
INSERT INTO "budget_periods" VALUES('T1','channel','C0STUDIO','2026-W47',479078000,0);
INSERT INTO "budget_periods" VALUES('T1','channel','C0STUDIO','2026-W48',186389000,102000000);
CREATE TABLE budgets (
	team_id TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	scope_id TEXT NOT NULL, 
	per TEXT NOT NULL, 
	limit_nanousd BIGINT, 
	changed_at DATETIME NOT NULL, 
	changed_by TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_budgets PRIMARY KEY (team_id, scope, scope_id), 
	CONSTRAINT ck_budgets_scope CHECK (scope IN ('workspace', 'channel', 'person', 'project')), 
	CONSTRAINT ck_budgets_per CHECK (per IN ('week', 'month')), 
	CONSTRAINT ck_budgets_limit CHECK (limit_nanousd >= 0)
);
INSERT INTO "budgets" VALUES('T1','workspace','','month',45000000000,'2026-10-02 09:00:00.000000','U1',2);
INSERT INTO "budgets" VALUES('T1','channel','C0STUDIO','week',7000000000,'2026-10-02 09:00:00.000000','U1',2);
INSERT INTO "budgets" VALUES('T1','person','U2','month',1200000000,'2026-10-02 09:00:00.000000','U1',2);
INSERT INTO "budgets" VALUES('T1','project','kites','month',4000000000,'2026-10-02 09:00:00.000000','U1',2);
INSERT INTO "budgets" VALUES('T1','person','U3','week',NULL,'2026-10-02 09:00:00.000000','U1',2);
CREATE TABLE channel_projects (
	team_id TEXT NOT NULL, 
	channel_id TEXT NOT NULL, 
	project TEXT, 
	changed_at DATETIME NOT NULL, 
	changed_by TEXT NOT NULL, 
	CONSTRAINT pk_channel_projects PRIMARY KEY (team_id, channel_id)
);
INSERT INTO "channel_projects" VALUES('T1','C0STUDIO','kites','2026-11-01 09:00:00.000000','U1');
CREATE TABLE charges (
	team_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	generation_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	amount_nanousd BIGINT NOT NULL, 
	period TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	rates TEXT, 
	CONSTRAINT pk_charges PRIMARY KEY (team_id, id), 
	CONSTRAINT ck_charges_kind CHECK (kind IN ('metered', 'assumed', 'correction')), 
	CONSTRAINT fk_charges_team_id_generation_id FOREIGN KEY(team_id, generation_id) REFERENCES generations (team_id, id), 
	CONSTRAINT uq_charges_team_id_generation_id_kind UNIQUE (team_id, generation_id, kind)
);
INSERT INTO "charges" VALUES('T2','5d6f457598b9c158','7c6962baa6','metered',13190000,'2026-11','2026-11-17 09:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','2d21fbc949e03afd','fde77a2fbd','metered',13170000,'2026-10','2026-10-14 09:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','a452a015a8b51744','4b219334bd','metered',161003000,'2026-10','2026-10-29 09:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','dda683c563accf36','f13870868e','metered',13171000,'2026-11','2026-11-04 09:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','7e50dbaa49fc0fad','5f8c0fe328','metered',13172000,'2026-11','2026-11-11 09:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','456d8da708e6706f','b6136e3443','metered',9007000,'2026-11','2026-11-12 09:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','45cf1f6763b4d131','5cd8a36022','metered',13173000,'2026-11','2026-11-16 09:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','6fa92b9f71a8f7c6','31d81c7530','metered',160011000,'2026-11','2026-11-16 09:02:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','723de708960b613f','0dc81672e3','metered',13174000,'2026-11','2026-11-17 09:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','ccf0ca5ce6dfcbc5','c4239f5b87','metered',13175000,'2026-11','2026-11-17 15:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','93e9c5eb490c4f83','ce9fafe986','metered',160013000,'2026-11','2026-11-18 09:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','02a0c1c1632c08cc','bc29b6303c','metered',13176000,'2026-11','2026-11-18 10:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','adaa9401ecdc1e2c','a49dc7a8b6','metered',13177000,'2026-11','2026-11-18 11:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','903852806bc572e0','9d82707ee5','metered',9011000,'2026-11','2026-11-19 09:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','091e61e5ea198922','e8e4a46417','assumed',34000000,'2026-11','2026-11-19 11:01:00.000000',NULL);
INSERT INTO "charges" VALUES('T1','47f0567034abe15a','5ebd8e8be9','assumed',34000000,'2026-11','2026-11-20 09:01:00.000000',NULL);
INSERT INTO "charges" VALUES('T1','446b773e58aef770','850ca21a15','assumed',34000000,'2026-11','2026-11-20 10:01:00.000000',NULL);
INSERT INTO "charges" VALUES('T1','9274c79b2284ed8e','850ca21a15','correction',-20821000,'2026-11','2026-11-20 10:02:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','532d88917b31daf9','ef6ede9350','metered',12000000,'2026-11','2026-11-20 11:01:00.000000',NULL);
INSERT INTO "charges" VALUES('T1','338724918c0f710e','3f878dd1cb','metered',13181000,'2026-11','2026-11-21 09:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','59ca08c420d23ec5','6501738043','metered',13183000,'2026-11','2026-11-23 10:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','33b596b2e5d91091','fa1dd8962d','metered',160017000,'2026-11','2026-11-24 10:01:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','8ae426f6a916c72b','ed67a86deb','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','21b1ab607dce1e8a','d61b9d31cb','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','6591371110b74a9f','3371c35642','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','e1c5e86095d5572c','33dbede6dc','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','1763df2649d72861','2d5f29ab2f','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','b9f4db12da29e949','1472b5028d','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','a0bf99d521775f44','cf4239c2ed','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','a60105fa1bee716c','604608d925','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','ae777e0d2cc9d9ca','2086d5eb98','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','cf1a87bd70ab0f44','9e791d8542','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','f7bbb03a04e5d1d5','cbf88d1a33','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','20ff6aa962e87a22','a6e4fe1d5b','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','2f9e9387c6ead449','334affc2b6','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','b378dc636ad9e030','24f544f0f9','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','0f6a375a66bcaf73','da9f3caf98','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','92e076ed8be2811d','06dff90558','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','075d62c8e9e8bac4','0227996524','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','9b48865a960b2f08','7ee7c4c344','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','088088941899d4b2','5eeb27e72d','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','de22e6490cd804a8','fa3501a166','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','736e336014237c16','71f14c7b4f','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','7ab014888a2e602b','2e62a9a972','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','a65bbb231f25d7a0','ccba2aaeae','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','ca3833bfb68971a6','c9f44ea612','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','c5d46160d5a9d923','cf606033e1','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','9df019eb4d138dd8','18af326735','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','6744679726df348f','35ec8712f1','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','b3bac18f63741f1f','746390da52','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','01060eb9da3fe210','17f0d79800','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','c4e0c17ce11e1bfb','aba882479b','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','bb89e32fab27d4a3','42b11ded63','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','8df9674b0cd55238','25bc1f2f6a','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','ffa0f0e923b86433','6e82792c56','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','02c88c9272e77bee','ed0b3b21c5','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','036a769428608a4d','5d719b72dd','metered',30000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','9efa88d758be9d89','c441f0b40a','metered',10000000,'2026-11','2026-11-22 09:00:00.000000','sample rates, USD for 1M tokens');
INSERT INTO "charges" VALUES('T1','421d67176489db08','ac6fd7bce3','metered',13189000,'2026-11','2026-11-25 12:00:00.000000','sample rates, USD for 1M tokens');
CREATE TABLE dbos_migrations (version INTEGER NOT NULL PRIMARY KEY);
INSERT INTO "dbos_migrations" VALUES(125);
CREATE TABLE digest_posts (
	team_id TEXT NOT NULL, 
	channel_id TEXT NOT NULL, 
	week TEXT NOT NULL, 
	request TEXT NOT NULL, 
	state TEXT NOT NULL, 
	owner TEXT NOT NULL, 
	claimed_at DATETIME NOT NULL, 
	repeats INTEGER NOT NULL, 
	message_ts TEXT, 
	as_of DATETIME, 
	told_nanousd BIGINT, 
	CONSTRAINT pk_digest_posts PRIMARY KEY (team_id, channel_id, week, request), 
	CONSTRAINT ck_digest_posts_state CHECK (state IN ('posting', 'posted', 'failed', 'refused'))
);
INSERT INTO "digest_posts" VALUES('T1','C0STUDIO','2026-W47','','posted','worker-1','2026-11-23 09:00:00.000000',0,'1763888400.000100','2026-11-23 09:00:00.000000',1234567890);
INSERT INTO "digest_posts" VALUES('T1','C0SHOP','2026-W46','','refused','worker-1','2026-11-16 09:00:00.000000',0,NULL,NULL,NULL);
CREATE TABLE digest_schedules (
	team_id TEXT NOT NULL, 
	channel_id TEXT NOT NULL, 
	weekday INTEGER NOT NULL, 
	hour INTEGER NOT NULL, 
	minute INTEGER NOT NULL, 
	zone TEXT NOT NULL, 
	set_by TEXT NOT NULL, 
	set_at DATETIME NOT NULL, 
	running BOOLEAN NOT NULL, 
	CONSTRAINT pk_digest_schedules PRIMARY KEY (team_id, channel_id)
);
INSERT INTO "digest_schedules" VALUES('T1','C0STUDIO',0,9,0,'UTC','U1','2026-11-01 09:00:00.000000',1);
INSERT INTO "digest_schedules" VALUES('T1','C0SHOP',0,9,0,'Europe/Berlin','U1','2026-11-01 09:00:00.000000',0);
CREATE TABLE drawings (
	team_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	request_key TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	channel_id TEXT, 
	thread_ts TEXT, 
	message_ts TEXT, 
	reply_url TEXT, 
	source TEXT NOT NULL, 
	prompt TEXT NOT NULL, 
	parent_id TEXT, 
	created_at DATETIME NOT NULL, project TEXT, bench_id TEXT, bench_place INTEGER, 
	CONSTRAINT pk_drawings PRIMARY KEY (team_id, id), 
	CONSTRAINT uq_drawings_team_id_request_key UNIQUE (team_id, request_key)
);
INSERT INTO "drawings" VALUES('T2','ff96f4ab72','click-elsewhere','U1','C0STUDIO',NULL,'1794906000.000000',NULL,'slack','a sample picture: elsewhere',NULL,'2026-11-17 09:00:00.000000',NULL,NULL,NULL);
INSERT INTO "drawings" VALUES('T1','a1d4c6574b','click-october','U1','C0STUDIO',NULL,'1791968400.000000',NULL,'slack','a sample picture: october',NULL,'2026-10-14 09:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','748763706a','click-october-lost','U1','C0STUDIO',NULL,'1793264400.000000',NULL,'slack','a sample picture: october-lost',NULL,'2026-10-29 09:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','275a81ad6a','click-week-45','U1','C0STUDIO',NULL,'1793782800.000000',NULL,'slack','a sample picture: week-45',NULL,'2026-11-04 09:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','3bbef91dec','click-week-46','U2','C0STUDIO',NULL,'1794387600.000000',NULL,'slack','a sample picture: week-46',NULL,'2026-11-11 09:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','15a3c2b325','click-week-46-legacy','U1','C0SHOP',NULL,'1794474000.000000',NULL,'slack','a sample picture: week-46-legacy',NULL,'2026-11-12 09:00:00.000000',NULL,NULL,NULL);
INSERT INTO "drawings" VALUES('T1','94ffa338ab','click-pair','U1','C0STUDIO',NULL,'1794819600.000000',NULL,'slack','a sample picture: pair',NULL,'2026-11-16 09:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','d1ad441b5e','click-tie','U1','C0STUDIO',NULL,'1794906000.000000',NULL,'slack','a sample picture: tie',NULL,'2026-11-17 09:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','ab4a1040cd','click-changed','U1','C0STUDIO',NULL,'1794927600.000000',NULL,'slack','a sample picture: changed',NULL,'2026-11-17 15:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','77dd17abe9','click-rejected','U2','C0STUDIO',NULL,'1794992400.000000',NULL,'slack','a sample picture: rejected',NULL,'2026-11-18 09:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','bdc9832b09','click-retried','U2','C0STUDIO',NULL,'1794996000.000000',NULL,'slack','a sample picture: retried',NULL,'2026-11-18 10:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','02a0dbb271','click-again','U2','C0STUDIO',NULL,'1794999600.000000',NULL,'slack','a sample picture: again','bc29b6303c','2026-11-18 11:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','90ca1e2a8e','click-unjudged','U1','C0SHOP',NULL,'1795078800.000000',NULL,'slack','a sample picture: unjudged',NULL,'2026-11-19 09:00:00.000000',NULL,NULL,NULL);
INSERT INTO "drawings" VALUES('T1','9f400315bd','click-refused-early','U1','C0STUDIO',NULL,'1795082400.000000',NULL,'slack','a sample picture: refused-early',NULL,'2026-11-19 10:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','2c35dcffe9','click-refused-late','U1','C0STUDIO',NULL,'1795086000.000000',NULL,'slack','a sample picture: refused-late',NULL,'2026-11-19 11:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','97bbd1d9d7','click-failed','U1','C0SHOP',NULL,'1795089600.000000',NULL,'slack','a sample picture: failed',NULL,'2026-11-19 12:00:00.000000',NULL,NULL,NULL);
INSERT INTO "drawings" VALUES('T1','86008d4ea5','click-uncertain','U3','C0STUDIO',NULL,'1795165200.000000',NULL,'slack','a sample picture: uncertain',NULL,'2026-11-20 09:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','22d4ce4313','click-came-late','U1','C0STUDIO',NULL,'1795168800.000000',NULL,'slack','a sample picture: came-late',NULL,'2026-11-20 10:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','ecf338915e','click-unusable','U1','C0STUDIO',NULL,'1795172400.000000',NULL,'slack','a sample picture: unusable',NULL,'2026-11-20 11:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','edce198d7c','click-terminal','U1',NULL,NULL,'1795251600.000000',NULL,'terminal','a sample picture: terminal',NULL,'2026-11-21 09:00:00.000000',NULL,NULL,NULL);
INSERT INTO "drawings" VALUES('T1','eb9dfd5975','click-demo','U1','C0STUDIO',NULL,'1795255200.000000',NULL,'slack','a sample picture: demo',NULL,'2026-11-21 10:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','a0fee424d3','click-this-week','U1','C0STUDIO',NULL,'1795428000.000000',NULL,'slack','a sample picture: this-week',NULL,'2026-11-23 10:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','416515dd63','click-this-week-premium','U2','C0STUDIO',NULL,'1795514400.000000',NULL,'slack','a sample picture: this-week-premium',NULL,'2026-11-24 10:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','63205e9440','bench:1bbef3f79e:0','U1','C0SHOP',NULL,NULL,NULL,'slack','sample sealed 0',NULL,'2026-11-22 09:00:00.000000',NULL,'1bbef3f79e',0);
INSERT INTO "drawings" VALUES('T1','d82815a699','bench:1bbef3f79e:1','U1','C0SHOP',NULL,NULL,NULL,'slack','sample sealed 1',NULL,'2026-11-22 09:00:00.000000',NULL,'1bbef3f79e',1);
INSERT INTO "drawings" VALUES('T1','2724d3c6a0','bench:1bbef3f79e:2','U1','C0SHOP',NULL,NULL,NULL,'slack','sample sealed 2',NULL,'2026-11-22 09:00:00.000000',NULL,'1bbef3f79e',2);
INSERT INTO "drawings" VALUES('T1','1c7a3502a4','bench:1bbef3f79e:3','U1','C0SHOP',NULL,NULL,NULL,'slack','sample sealed 3',NULL,'2026-11-22 09:00:00.000000',NULL,'1bbef3f79e',3);
INSERT INTO "drawings" VALUES('T1','335ed51a80','bench:1bbef3f79e:4','U1','C0SHOP',NULL,NULL,NULL,'slack','sample sealed 4',NULL,'2026-11-22 09:00:00.000000',NULL,'1bbef3f79e',4);
INSERT INTO "drawings" VALUES('T1','78d3c1b5b1','bench:1bbef3f79e:5','U1','C0SHOP',NULL,NULL,NULL,'slack','sample sealed 5',NULL,'2026-11-22 09:00:00.000000',NULL,'1bbef3f79e',5);
INSERT INTO "drawings" VALUES('T1','eca05c457f','bench:1bbef3f79e:6','U1','C0SHOP',NULL,NULL,NULL,'slack','sample sealed 6',NULL,'2026-11-22 09:00:00.000000',NULL,'1bbef3f79e',6);
INSERT INTO "drawings" VALUES('T1','dfabae2e0a','bench:1bbef3f79e:7','U1','C0SHOP',NULL,NULL,NULL,'slack','sample sealed 7',NULL,'2026-11-22 09:00:00.000000',NULL,'1bbef3f79e',7);
INSERT INTO "drawings" VALUES('T1','d90d577738','bench:1bbef3f79e:8','U1','C0SHOP',NULL,NULL,NULL,'slack','sample sealed 8',NULL,'2026-11-22 09:00:00.000000',NULL,'1bbef3f79e',8);
INSERT INTO "drawings" VALUES('T1','0eba176d1e','bench:1bbef3f79e:9','U1','C0SHOP',NULL,NULL,NULL,'slack','sample sealed 9',NULL,'2026-11-22 09:00:00.000000',NULL,'1bbef3f79e',9);
INSERT INTO "drawings" VALUES('T1','43c67a9f5a','bench:1bbef3f79e:10','U1','C0SHOP',NULL,NULL,NULL,'slack','sample sealed 10',NULL,'2026-11-22 09:00:00.000000',NULL,'1bbef3f79e',10);
INSERT INTO "drawings" VALUES('T1','1e9b9fb23b','bench:1bbef3f79e:11','U1','C0SHOP',NULL,NULL,NULL,'slack','sample sealed 11',NULL,'2026-11-22 09:00:00.000000',NULL,'1bbef3f79e',11);
INSERT INTO "drawings" VALUES('T1','92fac4e644','bench:1bbef3f79e:1:1','U1','C0SHOP',NULL,NULL,NULL,'slack','sample sealed 1','abcd4ca838','2026-11-22 09:00:00.000000',NULL,'1bbef3f79e',1);
INSERT INTO "drawings" VALUES('T1','b6510b04da','bench:516b8a558e:0','U1','C0SHOP',NULL,NULL,NULL,'slack','sample in review 0',NULL,'2026-11-22 09:00:00.000000',NULL,'516b8a558e',0);
INSERT INTO "drawings" VALUES('T1','08880da7be','bench:516b8a558e:1','U1','C0SHOP',NULL,NULL,NULL,'slack','sample in review 1',NULL,'2026-11-22 09:00:00.000000',NULL,'516b8a558e',1);
INSERT INTO "drawings" VALUES('T1','afb5a07f22','bench:516b8a558e:2','U1','C0SHOP',NULL,NULL,NULL,'slack','sample in review 2',NULL,'2026-11-22 09:00:00.000000',NULL,'516b8a558e',2);
INSERT INTO "drawings" VALUES('T1','a066016e19','bench:516b8a558e:3','U1','C0SHOP',NULL,NULL,NULL,'slack','sample in review 3',NULL,'2026-11-22 09:00:00.000000',NULL,'516b8a558e',3);
INSERT INTO "drawings" VALUES('T1','ea58804aec','bench:516b8a558e:4','U1','C0SHOP',NULL,NULL,NULL,'slack','sample in review 4',NULL,'2026-11-22 09:00:00.000000',NULL,'516b8a558e',4);
INSERT INTO "drawings" VALUES('T1','fc5d325c20','bench:73dec90152:0','U1','C0SHOP',NULL,NULL,NULL,'slack','sample being drawn 0',NULL,'2026-11-22 09:00:00.000000',NULL,'73dec90152',0);
INSERT INTO "drawings" VALUES('T1','c1e82586c5','bench:73dec90152:1','U1','C0SHOP',NULL,NULL,NULL,'slack','sample being drawn 1',NULL,'2026-11-22 09:00:00.000000',NULL,'73dec90152',1);
INSERT INTO "drawings" VALUES('T1','beec2ea268','bench:73dec90152:2','U1','C0SHOP',NULL,NULL,NULL,'slack','sample being drawn 2',NULL,'2026-11-22 09:00:00.000000',NULL,'73dec90152',2);
INSERT INTO "drawings" VALUES('T1','7c80b9502f','bench:73dec90152:3','U1','C0SHOP',NULL,NULL,NULL,'slack','sample being drawn 3',NULL,'2026-11-22 09:00:00.000000',NULL,'73dec90152',3);
INSERT INTO "drawings" VALUES('T1','63a31f7bce','bench:73dec90152:4','U1','C0SHOP',NULL,NULL,NULL,'slack','sample being drawn 4',NULL,'2026-11-22 09:00:00.000000',NULL,'73dec90152',4);
INSERT INTO "drawings" VALUES('T1','84d166b5e5','click-reserved','U1','C0STUDIO',NULL,NULL,'https://hooks.slack.com/commands/sample','slack','a sample picture: reserved',NULL,'2026-11-25 12:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','8085c925ec','click-placed','U1','C0STUDIO',NULL,'1795608000.000000',NULL,'slack','a sample picture: placed',NULL,'2026-11-25 12:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','a5c0221ad6','click-calling','U1','C0STUDIO',NULL,'1795608000.000000',NULL,'slack','a sample picture: calling',NULL,'2026-11-25 12:00:00.000000','kites',NULL,NULL);
INSERT INTO "drawings" VALUES('T1','6a199f878d','click-paid','U1','C0STUDIO',NULL,'1795608000.000000',NULL,'slack','a sample picture: paid',NULL,'2026-11-25 12:00:00.000000','kites',NULL,NULL);
CREATE TABLE generations (
	team_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	drawing_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	lane TEXT, 
	model TEXT NOT NULL, 
	quality TEXT NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	state_at DATETIME NOT NULL, 
	expected_nanousd BIGINT NOT NULL, 
	reserved_nanousd BIGINT NOT NULL, 
	period TEXT NOT NULL, 
	demo BOOLEAN NOT NULL, 
	owner TEXT, 
	lease_until DATETIME, 
	file_id TEXT, 
	usage TEXT, 
	returned_quality TEXT, 
	returned_size TEXT, 
	service_request_id TEXT, 
	reason TEXT, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	drawn_at DATETIME, week TEXT, claim_key TEXT, 
	CONSTRAINT pk_generations PRIMARY KEY (team_id, id), 
	CONSTRAINT ck_generations_reserved CHECK (reserved_nanousd >= 0), 
	CONSTRAINT fk_generations_team_id_drawing_id FOREIGN KEY(team_id, drawing_id) REFERENCES drawings (team_id, id)
);
INSERT INTO "generations" VALUES('T2','7c6962baa6','ff96f4ab72',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-17 09:01:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,'F0ELSEWHERE0','{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,7,'2026-11-17 09:00:00.000000','2026-11-17 09:01:00.000000','2026-W47','c-elsewhere');
INSERT INTO "generations" VALUES('T1','fde77a2fbd','a1d4c6574b',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-10-14 09:01:00.000000',30000000,34000000,'2026-10',0,NULL,NULL,'F0OCTOBER0','{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,7,'2026-10-14 09:00:00.000000','2026-10-14 09:01:00.000000','2026-W42','c-october');
INSERT INTO "generations" VALUES('T1','4b219334bd','748763706a',0,'premium','gpt-image-2.5-sunburst','high',1536,1024,'delivered','2026-10-29 09:01:00.000000',160000000,200000000,'2026-10',0,NULL,NULL,'F0OCTOBER-LOST0','{"text_in": 12, "image_in": 0, "image_out": 5366, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,7,'2026-10-29 09:00:00.000000','2026-10-29 09:01:00.000000','2026-W44','c-october-lost');
INSERT INTO "generations" VALUES('T1','f13870868e','275a81ad6a',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-04 09:01:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,'F0WEEK-450','{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,7,'2026-11-04 09:00:00.000000','2026-11-04 09:01:00.000000','2026-W45','c-week-45');
INSERT INTO "generations" VALUES('T1','5f8c0fe328','3bbef91dec',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-11 09:01:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,'F0WEEK-460','{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,7,'2026-11-11 09:00:00.000000','2026-11-11 09:01:00.000000','2026-W46','c-week-46');
INSERT INTO "generations" VALUES('T1','b6136e3443','15a3c2b325',0,NULL,'gpt-image-2','low',1024,1024,'delivered','2026-11-12 09:01:00.000000',10000000,20000000,'2026-11',0,NULL,NULL,'F0WEEK-46-LEGACY0','{"text_in": 12, "image_in": 0, "image_out": 300, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,7,'2026-11-12 09:00:00.000000','2026-11-12 09:01:00.000000','2026-W46','c-week-46-legacy');
INSERT INTO "generations" VALUES('T1','5cd8a36022','94ffa338ab',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-16 09:01:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,'F0PAIR0','{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,7,'2026-11-16 09:00:00.000000','2026-11-16 09:01:00.000000','2026-W47','c-pair');
INSERT INTO "generations" VALUES('T1','31d81c7530','94ffa338ab',1,'premium','gpt-image-2.5-sunburst','high',1536,1024,'delivered','2026-11-16 09:02:00.000000',160000000,200000000,'2026-11',0,NULL,NULL,'F0PAIR1','{"text_in": 12, "image_in": 0, "image_out": 5333, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,6,'2026-11-16 09:00:00.000000','2026-11-16 09:02:00.000000','2026-W47','c-pair');
INSERT INTO "generations" VALUES('T1','0dc81672e3','d1ad441b5e',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-17 09:01:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,'F0TIE0','{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,8,'2026-11-17 09:00:00.000000','2026-11-17 09:01:00.000000','2026-W47','c-tie');
INSERT INTO "generations" VALUES('T1','c4239f5b87','ab4a1040cd',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-17 15:01:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,'F0CHANGED0','{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,8,'2026-11-17 15:00:00.000000','2026-11-17 15:01:00.000000','2026-W47','c-changed');
INSERT INTO "generations" VALUES('T1','ce9fafe986','77dd17abe9',0,'premium','gpt-image-2.5-sunburst','high',1536,1024,'delivered','2026-11-18 09:01:00.000000',160000000,200000000,'2026-11',0,NULL,NULL,'F0REJECTED0','{"text_in": 12, "image_in": 0, "image_out": 5333, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,7,'2026-11-18 09:00:00.000000','2026-11-18 09:01:00.000000','2026-W47','c-rejected');
INSERT INTO "generations" VALUES('T1','bc29b6303c','bdc9832b09',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-18 10:01:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,'F0RETRIED0','{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,7,'2026-11-18 10:00:00.000000','2026-11-18 10:01:00.000000','2026-W47','c-retried');
INSERT INTO "generations" VALUES('T1','a49dc7a8b6','02a0dbb271',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-18 11:01:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,'F0AGAIN0','{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,7,'2026-11-18 11:00:00.000000','2026-11-18 11:01:00.000000','2026-W47','c-again');
INSERT INTO "generations" VALUES('T1','9d82707ee5','90ca1e2a8e',0,NULL,'gpt-image-2','low',1024,1024,'delivered','2026-11-19 09:01:00.000000',10000000,20000000,'2026-11',0,NULL,NULL,'F0UNJUDGED0','{"text_in": 12, "image_in": 0, "image_out": 300, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,6,'2026-11-19 09:00:00.000000','2026-11-19 09:01:00.000000','2026-W47','c-unjudged');
INSERT INTO "generations" VALUES('T1','1ef8864125','9f400315bd',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'blocked','2026-11-19 10:01:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'moderation_blocked',4,'2026-11-19 10:00:00.000000',NULL,'2026-W47','c-refused-early');
INSERT INTO "generations" VALUES('T1','e8e4a46417','2c35dcffe9',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'blocked','2026-11-19 11:01:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'moderation_blocked',4,'2026-11-19 11:00:00.000000',NULL,'2026-W47','c-refused-late');
INSERT INTO "generations" VALUES('T1','2d8c710ab7','97bbd1d9d7',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'failed','2026-11-19 12:01:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'rate_limited',4,'2026-11-19 12:00:00.000000',NULL,'2026-W47','c-failed');
INSERT INTO "generations" VALUES('T1','5ebd8e8be9','86008d4ea5',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'uncertain','2026-11-20 09:01:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'no_answer',4,'2026-11-20 09:00:00.000000',NULL,'2026-W47','c-uncertain');
INSERT INTO "generations" VALUES('T1','850ca21a15','22d4ce4313',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-20 10:02:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,'F0CAME-LATE1','{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,8,'2026-11-20 10:00:00.000000','2026-11-20 10:02:00.000000','2026-W47','c-came-late');
INSERT INTO "generations" VALUES('T1','ef6ede9350','ecf338915e',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'unusable','2026-11-20 11:01:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,'req_sample','no_picture',4,'2026-11-20 11:00:00.000000',NULL,'2026-W47','c-unusable');
INSERT INTO "generations" VALUES('T1','3f878dd1cb','edce198d7c',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-21 09:01:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,'F0TERMINAL0','{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,6,'2026-11-21 09:00:00.000000','2026-11-21 09:01:00.000000','2026-W47','c-terminal');
INSERT INTO "generations" VALUES('T1','771094957a','eb9dfd5975',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-21 10:01:00.000000',30000000,0,'2026-11',1,NULL,NULL,'F0DEMO0','{"text_in": 12, "image_in": 0, "image_out": 0, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,6,'2026-11-21 10:00:00.000000','2026-11-21 10:01:00.000000','2026-W47','c-demo');
INSERT INTO "generations" VALUES('T1','6501738043','a0fee424d3',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-23 10:01:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,'F0THIS-WEEK0','{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,7,'2026-11-23 10:00:00.000000','2026-11-23 10:01:00.000000','2026-W48','c-this-week');
INSERT INTO "generations" VALUES('T1','fa1dd8962d','416515dd63',0,'premium','gpt-image-2.5-sunburst','high',1536,1024,'delivered','2026-11-24 10:01:00.000000',160000000,200000000,'2026-11',0,NULL,NULL,'F0THIS-WEEK-PREMIUM0','{"text_in": 12, "image_in": 0, "image_out": 5333, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,7,'2026-11-24 10:00:00.000000','2026-11-24 10:01:00.000000','2026-W48','c-this-week-premium');
INSERT INTO "generations" VALUES('T1','ed67a86deb','63205e9440',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',6,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','d61b9d31cb','63205e9440',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','3371c35642','d82815a699',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','abcd4ca838','d82815a699',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'failed','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'busy',3,'2026-11-22 09:00:00.000000',NULL,'2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','33dbede6dc','2724d3c6a0',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','2d5f29ab2f','2724d3c6a0',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','1472b5028d','1c7a3502a4',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','cf4239c2ed','1c7a3502a4',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','604608d925','335ed51a80',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',4,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','a0f32b8e8c','335ed51a80',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'failed','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'rate_limited',3,'2026-11-22 09:00:00.000000',NULL,'2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','2086d5eb98','78d3c1b5b1',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','9e791d8542','78d3c1b5b1',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','cbf88d1a33','eca05c457f',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','a6e4fe1d5b','eca05c457f',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','334affc2b6','dfabae2e0a',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','24f544f0f9','dfabae2e0a',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','da9f3caf98','d90d577738',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','06dff90558','d90d577738',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','0227996524','0eba176d1e',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','7ee7c4c344','0eba176d1e',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','5eeb27e72d','43c67a9f5a',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','fa3501a166','43c67a9f5a',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','71f14c7b4f','1e9b9fb23b',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','2e62a9a972','1e9b9fb23b',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','ccba2aaeae','92fac4e644',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','c9f44ea612','b6510b04da',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',6,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','cf606033e1','b6510b04da',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','18af326735','08880da7be',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','35ec8712f1','08880da7be',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',5,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','746390da52','afb5a07f22',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',4,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','17f0d79800','afb5a07f22',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',4,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','aba882479b','a066016e19',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',4,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','42b11ded63','a066016e19',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',4,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','25bc1f2f6a','ea58804aec',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',4,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','6e82792c56','ea58804aec',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',4,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','ed0b3b21c5','fc5d325c20',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',4,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','5d719b72dd','fc5d325c20',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',4,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','c441f0b40a','c1e82586c5',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'delivered','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample','bench',4,'2026-11-22 09:00:00.000000','2026-11-22 09:00:00.000000','2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','cb9d8d6647','c1e82586c5',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'placed','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'2026-11-22 09:00:00.000000',NULL,'2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','581249dd06','beec2ea268',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'placed','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'2026-11-22 09:00:00.000000',NULL,'2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','a87636577b','beec2ea268',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'placed','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'2026-11-22 09:00:00.000000',NULL,'2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','940cf80b3e','7c80b9502f',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'placed','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'2026-11-22 09:00:00.000000',NULL,'2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','150c1f952a','7c80b9502f',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'placed','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'2026-11-22 09:00:00.000000',NULL,'2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','e487e28096','63a31f7bce',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'placed','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'2026-11-22 09:00:00.000000',NULL,'2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','f4b5d6f4d5','63a31f7bce',1,'premium','gpt-image-2.5-sunburst','medium',1024,1024,'placed','2026-11-22 09:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'2026-11-22 09:00:00.000000',NULL,'2026-W47',NULL);
INSERT INTO "generations" VALUES('T1','78840dd8d3','84d166b5e5',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'reserved','2026-11-25 12:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'2026-11-25 12:00:00.000000',NULL,'2026-W48',NULL);
INSERT INTO "generations" VALUES('T1','aa7cc3e5f8','8085c925ec',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'placed','2026-11-25 12:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,2,'2026-11-25 12:00:00.000000',NULL,'2026-W48',NULL);
INSERT INTO "generations" VALUES('T1','214d63e1f9','a5c0221ad6',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'calling','2026-11-25 12:00:00.000000',30000000,34000000,'2026-11',0,'worker-1','2026-11-25 12:10:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,3,'2026-11-25 12:00:00.000000',NULL,'2026-W48','c-calling');
INSERT INTO "generations" VALUES('T1','ac6fd7bce3','6a199f878d',0,'budget','gpt-image-2.5-flare','medium',1024,1024,'paid','2026-11-25 12:00:00.000000',30000000,34000000,'2026-11',0,NULL,NULL,NULL,'{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}','medium','1024x1024','req_sample',NULL,4,'2026-11-25 12:00:00.000000','2026-11-25 12:00:00.000000','2026-W48','c-paid');
CREATE TABLE notifications (
    message_uuid TEXT NOT NULL DEFAULT (hex(randomblob(16))) PRIMARY KEY,
    destination_uuid TEXT NOT NULL,
    topic TEXT,
    message TEXT NOT NULL,
    created_at_epoch_ms INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000), "serialization" TEXT DEFAULT NULL, "consumed" BOOLEAN NOT NULL DEFAULT FALSE, consumed_by_function_id INTEGER,
    FOREIGN KEY (destination_uuid) REFERENCES workflow_status(workflow_uuid) 
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE open_imports (
	team_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	touched_at DATETIME, 
	CONSTRAINT pk_open_imports PRIMARY KEY (team_id, id)
);
INSERT INTO "open_imports" VALUES('T1','0penimp0rt000001','2026-11-25 11:55:00.000000');
CREATE TABLE "operation_outputs" (
    workflow_uuid TEXT NOT NULL,
    function_id INTEGER NOT NULL,
    function_name TEXT NOT NULL DEFAULT '',
    output TEXT,
    error TEXT,
    child_workflow_id TEXT,
    started_at_epoch_ms INTEGER,
    completed_at_epoch_ms INTEGER,
    serialization TEXT,
    application_name TEXT DEFAULT NULL,
    retention_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    PRIMARY KEY (workflow_uuid, function_id)
);
CREATE TABLE pauses (
	scope TEXT NOT NULL, 
	until DATETIME, 
	reason TEXT NOT NULL, 
	told_at DATETIME, 
	probe TEXT, 
	CONSTRAINT pk_pauses PRIMARY KEY (scope)
);
INSERT INTO "pauses" VALUES('gpt-image-1-mini','2026-11-25 13:00:00.000000','The sample account is out of credit.','2026-11-25 12:00:00.000000',NULL);
INSERT INTO "pauses" VALUES('*',NULL,'The sample key was refused.','2026-11-25 12:00:00.000000',NULL);
CREATE TABLE provider_buckets (
	team_id TEXT NOT NULL, 
	source TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	project TEXT NOT NULL, 
	item TEXT NOT NULL, 
	start_at DATETIME NOT NULL, 
	end_at DATETIME NOT NULL, 
	model TEXT, 
	amount_nanousd BIGINT, 
	quantity TEXT, 
	unit TEXT, 
	CONSTRAINT pk_provider_buckets PRIMARY KEY (team_id, source, start_at, kind, project, item), 
	CONSTRAINT fk_provider_buckets_team_id_source_start_at_provider_days FOREIGN KEY(team_id, source, start_at) REFERENCES provider_days (team_id, source, start_at), 
	CONSTRAINT ck_provider_buckets_kind CHECK (kind IN ('cost', 'usage')), 
	CONSTRAINT ck_provider_buckets_amount CHECK ((kind = 'cost') = (amount_nanousd IS NOT NULL))
);
INSERT INTO "provider_buckets" VALUES('T1','openai','cost','','gpt-image-2 image','2026-11-16 00:00:00.000000','2026-11-17 00:00:00.000000','gpt-image-2',20000000,NULL,NULL);
INSERT INTO "provider_buckets" VALUES('T1','openai','cost','','sample-text-model input','2026-11-16 00:00:00.000000','2026-11-17 00:00:00.000000',NULL,7000000000,NULL,NULL);
INSERT INTO "provider_buckets" VALUES('T1','openai','usage','','gpt-image-2','2026-11-16 00:00:00.000000','2026-11-17 00:00:00.000000','gpt-image-2',NULL,'4','images');
INSERT INTO "provider_buckets" VALUES('T1','openai','cost','','gpt-image-2 image','2026-11-17 00:00:00.000000','2026-11-18 00:00:00.000000','gpt-image-2',20000000,NULL,NULL);
INSERT INTO "provider_buckets" VALUES('T1','openai','cost','','gpt-image-2 image','2026-11-18 00:00:00.000000','2026-11-19 00:00:00.000000','gpt-image-2',20000000,NULL,NULL);
INSERT INTO "provider_buckets" VALUES('T1','openai','cost','','gpt-image-2.5-sunburst image','2026-11-18 00:00:00.000000','2026-11-19 00:00:00.000000','gpt-image-2.5-sunburst',310000000,NULL,NULL);
INSERT INTO "provider_buckets" VALUES('T1','openai','usage','','gpt-image-2','2026-11-18 00:00:00.000000','2026-11-19 00:00:00.000000','gpt-image-2',NULL,'3','images');
INSERT INTO "provider_buckets" VALUES('T1','openai','cost','','gpt-image-2 image','2026-11-19 00:00:00.000000','2026-11-20 00:00:00.000000','gpt-image-2',20000000,NULL,NULL);
INSERT INTO "provider_buckets" VALUES('T1','openai','cost','','gpt-image-2 image','2026-11-20 00:00:00.000000','2026-11-21 00:00:00.000000','gpt-image-2',20000000,NULL,NULL);
INSERT INTO "provider_buckets" VALUES('T1','openai','cost','','gpt-image-2 image','2026-11-21 00:00:00.000000','2026-11-22 00:00:00.000000','gpt-image-2',20000000,NULL,NULL);
CREATE TABLE provider_days (
	team_id TEXT NOT NULL, 
	source TEXT NOT NULL, 
	start_at DATETIME NOT NULL, 
	fetched_at DATETIME NOT NULL, 
	CONSTRAINT pk_provider_days PRIMARY KEY (team_id, source, start_at)
);
INSERT INTO "provider_days" VALUES('T1','openai','2026-11-16 00:00:00.000000','2026-11-22 06:00:00.000000');
INSERT INTO "provider_days" VALUES('T1','openai','2026-11-17 00:00:00.000000','2026-11-22 06:00:00.000000');
INSERT INTO "provider_days" VALUES('T1','openai','2026-11-18 00:00:00.000000','2026-11-22 06:00:00.000000');
INSERT INTO "provider_days" VALUES('T1','openai','2026-11-19 00:00:00.000000','2026-11-22 06:00:00.000000');
INSERT INTO "provider_days" VALUES('T1','openai','2026-11-20 00:00:00.000000','2026-11-22 06:00:00.000000');
INSERT INTO "provider_days" VALUES('T1','openai','2026-11-21 00:00:00.000000','2026-11-22 06:00:00.000000');
CREATE TABLE queues (
    queue_id TEXT PRIMARY KEY DEFAULT (hex(randomblob(16))),
    name TEXT NOT NULL UNIQUE,
    concurrency INTEGER,
    worker_concurrency INTEGER,
    rate_limit_max INTEGER,
    rate_limit_period_sec REAL,
    priority_enabled BOOLEAN NOT NULL DEFAULT FALSE,
    partition_queue BOOLEAN NOT NULL DEFAULT FALSE,
    polling_interval_sec REAL NOT NULL DEFAULT 1.0,
    created_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    updated_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
, "application_name" TEXT DEFAULT NULL, "partition_concurrency" INTEGER DEFAULT NULL, "partition_worker_concurrency" INTEGER DEFAULT NULL, "partition_rate_limit_max" INTEGER DEFAULT NULL, "partition_rate_limit_period_sec" REAL DEFAULT NULL);
CREATE TABLE slack_answers (
	team_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	id TEXT NOT NULL, 
	answer TEXT, 
	asked_at DATETIME NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_slack_answers PRIMARY KEY (team_id, kind, id), 
	CONSTRAINT ck_slack_answers_kind CHECK (kind IN ('channel', 'person'))
);
INSERT INTO "slack_answers" VALUES('T1','person','U1','member','2026-11-25 09:00:00.000000',0);
INSERT INTO "slack_answers" VALUES('T1','channel','C0STUDIO','ours','2026-11-25 09:00:00.000000',0);
CREATE TABLE streams (
    workflow_uuid TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    "offset" INTEGER NOT NULL, function_id INTEGER NOT NULL DEFAULT 0, "serialization" TEXT DEFAULT NULL,
    PRIMARY KEY (workflow_uuid, key, "offset"),
    FOREIGN KEY (workflow_uuid) REFERENCES workflow_status(workflow_uuid) 
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE usage_records (
	team_id TEXT NOT NULL, 
	source TEXT NOT NULL, 
	id TEXT NOT NULL, 
	occurred_at DATETIME NOT NULL, 
	received_at DATETIME NOT NULL, 
	lane TEXT, 
	model TEXT NOT NULL, 
	quality TEXT NOT NULL, 
	width INTEGER, 
	height INTEGER, 
	images INTEGER NOT NULL, 
	kept INTEGER, 
	rejected INTEGER, 
	reviewed_at DATETIME, 
	project TEXT, 
	person_id TEXT, 
	usage TEXT, 
	amount_nanousd BIGINT, 
	basis TEXT NOT NULL, 
	rates TEXT, import_id TEXT, 
	CONSTRAINT pk_usage_records PRIMARY KEY (team_id, source, id), 
	CONSTRAINT ck_usage_records_images CHECK (images >= 1), 
	CONSTRAINT ck_usage_records_kept CHECK (kept >= 0), 
	CONSTRAINT ck_usage_records_rejected CHECK (rejected >= 0), 
	CONSTRAINT ck_usage_records_judged CHECK (coalesce(kept, 0) + coalesce(rejected, 0) <= images), 
	CONSTRAINT ck_usage_records_basis CHECK (basis IN ('usage', 'reported', 'published', 'tokens', 'unknown')), 
	CONSTRAINT ck_usage_records_unknown CHECK ((basis = 'unknown') = (amount_nanousd IS NULL))
);
INSERT INTO "usage_records" VALUES('T1','api','usage','2026-11-10 08:00:00.000000','2026-11-24 10:00:00.000000','budget','gpt-image-2.5-flare','high',1024,1024,1,NULL,NULL,NULL,'kites','U2','{"text_in": 50, "image_in": 0, "image_out": 1756, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}',52930000,'usage','standard since 2026-09-08: text in 5.00, image in 8.00, image out 30.00 USD per 1,000,000 tokens (oai_guide)',NULL);
INSERT INTO "usage_records" VALUES('T1','api','published','2026-11-17 08:00:00.000000','2026-11-24 10:00:00.000000','budget','gpt-image-2.5-flare','high',1024,1024,4,2,1,NULL,NULL,NULL,NULL,210720000,'tokens','0.05268 USD an image, tokens (oai_guide)',NULL);
INSERT INTO "usage_records" VALUES('T1','api','own-price','2026-11-18 08:00:00.000000','2026-11-24 10:00:00.000000',NULL,'own-model','high',1024,1024,4,NULL,NULL,NULL,'kites',NULL,NULL,421100000,'reported',NULL,NULL);
INSERT INTO "usage_records" VALUES('T1','other-pipeline','no-price','2026-11-19 08:00:00.000000','2026-11-24 10:00:00.000000',NULL,'own-model','high',1024,1024,4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'unknown',NULL,NULL);
INSERT INTO "usage_records" VALUES('T1','api','this-week','2026-11-24 08:00:00.000000','2026-11-24 10:00:00.000000','budget','gpt-image-2.5-flare','low',1024,1024,20,14,3,'2026-11-24 11:00:00.000000',NULL,'U3',NULL,117600000,'tokens','0.00588 USD an image, tokens (oai_guide)',NULL);
INSERT INTO "usage_records" VALUES('T1','csv','1','2026-11-16 08:00:00.000000','2026-11-24 12:00:00.000000','budget','gpt-image-2.5-flare','high',1024,1024,4,4,NULL,NULL,NULL,NULL,NULL,210720000,'tokens','0.05268 USD an image, tokens (oai_guide)','d942f64886578d87');
INSERT INTO "usage_records" VALUES('T1','csv','2','2026-11-18 09:00:00.000000','2026-11-22 09:00:00.000000','budget','gpt-image-2.5-flare','medium',1024,1024,4,NULL,NULL,NULL,NULL,NULL,NULL,99000000000,'reported',NULL,'0penimp0rt000001');
CREATE TABLE votes (
	team_id TEXT NOT NULL, 
	generation_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	person_id TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	reason TEXT, 
	at DATETIME NOT NULL, confidence INTEGER, 
	CONSTRAINT pk_votes PRIMARY KEY (team_id, generation_id, number), 
	CONSTRAINT ck_votes_verdict CHECK (verdict IN ('keep', 'reject')), 
	CONSTRAINT fk_votes_team_id_generation_id FOREIGN KEY(team_id, generation_id) REFERENCES generations (team_id, id)
);
INSERT INTO "votes" VALUES('T2','7c6962baa6',1,'U1','keep',NULL,'2026-11-17 10:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','fde77a2fbd',1,'U1','keep',NULL,'2026-10-14 10:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','4b219334bd',1,'U2','reject','wrong text','2026-10-29 10:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','f13870868e',1,'U1','keep',NULL,'2026-11-04 10:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','5f8c0fe328',1,'U1','keep',NULL,'2026-11-11 10:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','b6136e3443',1,'U2','reject','wrong text','2026-11-12 10:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','5cd8a36022',1,'U1','keep',NULL,'2026-11-16 10:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','0dc81672e3',1,'U1','keep',NULL,'2026-11-17 10:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','0dc81672e3',2,'U3','reject','too dark','2026-11-17 11:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','c4239f5b87',1,'U2','reject','wrong text','2026-11-17 16:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','c4239f5b87',2,'U2','keep',NULL,'2026-11-17 17:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','ce9fafe986',1,'U2','reject','wrong text','2026-11-18 10:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','bc29b6303c',1,'U2','reject','retried','2026-11-18 11:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','a49dc7a8b6',1,'U1','keep',NULL,'2026-11-18 12:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','850ca21a15',1,'U1','keep',NULL,'2026-11-20 11:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','6501738043',1,'U1','keep',NULL,'2026-11-23 11:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','fa1dd8962d',1,'U1','keep',NULL,'2026-11-24 11:00:00.000000',NULL);
INSERT INTO "votes" VALUES('T1','ed67a86deb',1,'U2','keep',NULL,'2026-11-22 09:01:00.000000',4);
INSERT INTO "votes" VALUES('T1','d61b9d31cb',1,'U2','keep',NULL,'2026-11-22 09:01:00.000000',4);
INSERT INTO "votes" VALUES('T1','ed67a86deb',2,'U2','reject',NULL,'2026-11-22 09:01:00.000000',3);
INSERT INTO "votes" VALUES('T1','3371c35642',1,'U2','keep',NULL,'2026-11-22 09:02:00.000000',5);
INSERT INTO "votes" VALUES('T1','ccba2aaeae',1,'U2','keep',NULL,'2026-11-22 09:02:00.000000',5);
INSERT INTO "votes" VALUES('T1','33dbede6dc',1,'U2','reject',NULL,'2026-11-22 09:03:00.000000',5);
INSERT INTO "votes" VALUES('T1','2d5f29ab2f',1,'U2','keep',NULL,'2026-11-22 09:03:00.000000',3);
INSERT INTO "votes" VALUES('T1','1472b5028d',1,'U2','reject',NULL,'2026-11-22 09:04:00.000000',3);
INSERT INTO "votes" VALUES('T1','cf4239c2ed',1,'U2','keep',NULL,'2026-11-22 09:04:00.000000',4);
INSERT INTO "votes" VALUES('T1','2086d5eb98',1,'U2','reject',NULL,'2026-11-22 09:06:00.000000',5);
INSERT INTO "votes" VALUES('T1','9e791d8542',1,'U2','reject',NULL,'2026-11-22 09:06:00.000000',5);
INSERT INTO "votes" VALUES('T1','cbf88d1a33',1,'U2','reject',NULL,'2026-11-22 09:07:00.000000',3);
INSERT INTO "votes" VALUES('T1','a6e4fe1d5b',1,'U2','keep',NULL,'2026-11-22 09:07:00.000000',4);
INSERT INTO "votes" VALUES('T1','334affc2b6',1,'U2','keep',NULL,'2026-11-22 09:08:00.000000',5);
INSERT INTO "votes" VALUES('T1','24f544f0f9',1,'U2','keep',NULL,'2026-11-22 09:08:00.000000',5);
INSERT INTO "votes" VALUES('T1','da9f3caf98',1,'U2','reject',NULL,'2026-11-22 09:09:00.000000',5);
INSERT INTO "votes" VALUES('T1','06dff90558',1,'U2','keep',NULL,'2026-11-22 09:09:00.000000',3);
INSERT INTO "votes" VALUES('T1','0227996524',1,'U2','reject',NULL,'2026-11-22 09:10:00.000000',3);
INSERT INTO "votes" VALUES('T1','7ee7c4c344',1,'U2','keep',NULL,'2026-11-22 09:10:00.000000',4);
INSERT INTO "votes" VALUES('T1','5eeb27e72d',1,'U2','keep',NULL,'2026-11-22 09:11:00.000000',5);
INSERT INTO "votes" VALUES('T1','fa3501a166',1,'U2','keep',NULL,'2026-11-22 09:11:00.000000',5);
INSERT INTO "votes" VALUES('T1','71f14c7b4f',1,'U2','reject',NULL,'2026-11-22 09:12:00.000000',5);
INSERT INTO "votes" VALUES('T1','2e62a9a972',1,'U2','keep',NULL,'2026-11-22 09:12:00.000000',3);
INSERT INTO "votes" VALUES('T1','c9f44ea612',1,'U2','keep',NULL,'2026-11-22 09:01:00.000000',4);
INSERT INTO "votes" VALUES('T1','cf606033e1',1,'U2','keep',NULL,'2026-11-22 09:01:00.000000',4);
INSERT INTO "votes" VALUES('T1','c9f44ea612',2,'U2','reject',NULL,'2026-11-22 09:01:00.000000',3);
INSERT INTO "votes" VALUES('T1','18af326735',1,'U2','keep',NULL,'2026-11-22 09:02:00.000000',5);
INSERT INTO "votes" VALUES('T1','35ec8712f1',1,'U2','keep',NULL,'2026-11-22 09:02:00.000000',5);
CREATE TABLE workers (
	owner TEXT NOT NULL, 
	name TEXT NOT NULL, 
	unable TEXT, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_workers PRIMARY KEY (owner)
);
INSERT INTO "workers" VALUES('worker-1','sample-worker',NULL,'2026-11-25 12:00:00.000000');
CREATE TABLE workflow_events (
    workflow_uuid TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL, "serialization" TEXT DEFAULT NULL,
    PRIMARY KEY (workflow_uuid, key),
    FOREIGN KEY (workflow_uuid) REFERENCES workflow_status(workflow_uuid) 
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE workflow_events_history (
    workflow_uuid TEXT NOT NULL,
    function_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL, "serialization" TEXT DEFAULT NULL,
    PRIMARY KEY (workflow_uuid, function_id, key),
    FOREIGN KEY (workflow_uuid) REFERENCES workflow_status(workflow_uuid)
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE workflow_input (
    workflow_uuid TEXT NOT NULL PRIMARY KEY,
    inputs TEXT,
    retention_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
);
INSERT INTO "workflow_input" VALUES('place:T1:84d166b5e5','{"namedArgs":{},"positionalArgs":["place",["T1","84d166b5e5"]]}',1795608000000);
CREATE TABLE workflow_output (
    workflow_uuid TEXT NOT NULL PRIMARY KEY,
    output TEXT,
    error TEXT,
    retention_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
);
CREATE TABLE workflow_schedules (
    schedule_id TEXT PRIMARY KEY,
    schedule_name TEXT NOT NULL UNIQUE,
    workflow_name TEXT NOT NULL,
    workflow_class_name TEXT,
    schedule TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'ACTIVE',
    context TEXT NOT NULL
, "last_fired_at" TEXT DEFAULT NULL, "automatic_backfill" BOOLEAN NOT NULL DEFAULT FALSE, "cron_timezone" TEXT DEFAULT NULL, "queue_name" TEXT DEFAULT NULL, "application_name" TEXT DEFAULT NULL);
CREATE TABLE workflow_status (
    workflow_uuid TEXT PRIMARY KEY,
    status TEXT,
    name TEXT,
    authenticated_user TEXT,
    assumed_role TEXT,
    authenticated_roles TEXT,
    request TEXT,
    output TEXT,
    error TEXT,
    executor_id TEXT,
    created_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    updated_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    application_version TEXT,
    application_id TEXT,
    class_name TEXT DEFAULT NULL,
    config_name TEXT DEFAULT NULL,
    recovery_attempts INTEGER DEFAULT 0,
    queue_name TEXT,
    workflow_timeout_ms INTEGER,
    workflow_deadline_epoch_ms INTEGER,
    inputs TEXT,
    started_at_epoch_ms INTEGER,
    deduplication_id TEXT,
    priority INTEGER NOT NULL DEFAULT 0
, queue_partition_key TEXT, forked_from TEXT, "owner_xid" TEXT DEFAULT NULL, "parent_workflow_id" TEXT DEFAULT NULL, "serialization" TEXT DEFAULT NULL, "delay_until_epoch_ms" BIGINT DEFAULT NULL, "was_forked_from" BOOLEAN NOT NULL DEFAULT FALSE, "rate_limited" BOOLEAN NOT NULL DEFAULT FALSE, "completed_at" BIGINT, "attributes" TEXT, "schedule_name" TEXT, "debounce_deadline_epoch_ms" BIGINT DEFAULT NULL, "is_debounced" BOOLEAN NOT NULL DEFAULT FALSE, "application_name" TEXT DEFAULT NULL, "creator_xid" TEXT DEFAULT NULL);
INSERT INTO "workflow_status" VALUES('place:T1:84d166b5e5','ENQUEUED','job',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795608000000,1795608000000,'jobs-1',NULL,NULL,NULL,0,'quick',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,'portable_json',NULL,0,0,NULL,'null',NULL,NULL,0,'imagelane','00000000-0000-4000-8000-000000000000');
CREATE TABLE workspaces (
	team_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	bot_user_id TEXT, 
	stopped_at DATETIME, token_hash TEXT, installed BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_workspaces PRIMARY KEY (team_id)
);
INSERT INTO "workspaces" VALUES('T1','Sample workspace','U0SAMPLEBOT',NULL,'af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf',1);
INSERT INTO "workspaces" VALUES('T2','Sample workspace that left',NULL,'2026-11-20 09:00:00.000000',NULL,1);
CREATE INDEX ix_drawings_team_id_person_id_created_at ON drawings (team_id, person_id, created_at);
CREATE INDEX ix_generations_state_state_at ON generations (state, state_at);
CREATE INDEX ix_generations_team_id_drawing_id ON generations (team_id, drawing_id);
CREATE INDEX ix_charges_team_id_period ON charges (team_id, period);
CREATE INDEX ix_audits_team_id_at ON audits (team_id, at);
CREATE TRIGGER charges_no_update BEFORE UPDATE ON charges BEGIN SELECT RAISE(ABORT, 'charges are append-only'); END;
CREATE TRIGGER charges_no_delete BEFORE DELETE ON charges BEGIN SELECT RAISE(ABORT, 'charges are append-only'); END;
CREATE INDEX ix_usage_records_team_id_occurred_at ON usage_records (team_id, occurred_at);
CREATE INDEX ix_generations_team_id_drawn_at_created_at ON generations (team_id, drawn_at, created_at);
CREATE INDEX ix_drawings_team_id_parent_id ON drawings (team_id, parent_id);
CREATE INDEX ix_generations_team_id_week ON generations (team_id, week);
CREATE INDEX ix_generations_team_id_period ON generations (team_id, period);
CREATE INDEX ix_benches_team_id_question ON benches (team_id, question);
CREATE INDEX ix_benches_state ON benches (state);
CREATE INDEX ix_drawings_team_id_bench_id ON drawings (team_id, bench_id);
CREATE INDEX workflow_status_created_at_index ON workflow_status (created_at);
CREATE INDEX idx_workflow_topic ON notifications (destination_uuid, topic);
CREATE INDEX "idx_workflow_status_delayed" ON "workflow_status" ("delay_until_epoch_ms") WHERE status = 'DELAYED';
CREATE INDEX "idx_workflow_status_forked_from" ON "workflow_status" ("forked_from") WHERE "forked_from" IS NOT NULL;
CREATE INDEX "idx_workflow_status_parent_workflow_id" ON "workflow_status" ("parent_workflow_id") WHERE "parent_workflow_id" IS NOT NULL;
CREATE UNIQUE INDEX "uq_workflow_status_dedup_id" ON "workflow_status" ("queue_name", "deduplication_id") WHERE "deduplication_id" IS NOT NULL;
CREATE INDEX "idx_workflow_status_pending" ON "workflow_status" ("created_at") WHERE "status" = 'PENDING';
CREATE INDEX "idx_workflow_status_failed" ON "workflow_status" ("status", "created_at") WHERE "status" IN ('ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED');
CREATE INDEX "idx_workflow_status_rate_limited" ON "workflow_status" ("queue_name", "started_at_epoch_ms") WHERE "rate_limited" = TRUE;
CREATE INDEX "idx_workflow_status_completed_at" ON "workflow_status" ("completed_at") WHERE "completed_at" IS NOT NULL;
CREATE INDEX "idx_workflow_status_started_at" ON "workflow_status" ("started_at_epoch_ms") WHERE "started_at_epoch_ms" IS NOT NULL;
CREATE INDEX "idx_workflow_status_schedule_name" ON "workflow_status" ("schedule_name") WHERE "schedule_name" IS NOT NULL;
CREATE UNIQUE INDEX "uq_application_versions_owner_version"
    ON application_versions ("application_name", "version_name")
    WHERE "application_name" IS NOT NULL;
CREATE UNIQUE INDEX "uq_application_versions_unclaimed_version"
    ON application_versions ("version_name")
    WHERE "application_name" IS NULL;
CREATE INDEX idx_workflow_input_retention
    ON workflow_input (retention_timestamp);
CREATE INDEX idx_workflow_output_retention
    ON workflow_output (retention_timestamp);
CREATE INDEX idx_operation_outputs_retention
    ON operation_outputs (retention_timestamp);
CREATE INDEX "idx_workflow_status_in_flight_v2" ON "workflow_status" ("queue_name", "status", "priority", "created_at", "application_name") WHERE "status" IN ('ENQUEUED', 'PENDING');
CREATE INDEX "idx_workflow_status_partition_dequeue_v3" ON "workflow_status" ("queue_name", "status", "queue_partition_key", "priority", "created_at", "workflow_uuid", "application_name") WHERE "status" IN ('ENQUEUED', 'PENDING') AND "queue_partition_key" IS NOT NULL;
CREATE INDEX "idx_operation_outputs_completed_at_function_name_v2" ON "operation_outputs" ("completed_at_epoch_ms", "function_name", "application_name");
CREATE INDEX "idx_workflow_status_deadline" ON "workflow_status" ("workflow_deadline_epoch_ms") WHERE "status" IN ('ENQUEUED', 'PENDING', 'DELAYED') AND "workflow_deadline_epoch_ms" IS NOT NULL;
CREATE INDEX "idx_application_versions_timestamp" ON "application_versions" ("version_timestamp" DESC);
CREATE INDEX "idx_application_versions_owner_timestamp" ON "application_versions" ("application_name", "version_timestamp" DESC);
COMMIT;
