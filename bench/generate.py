#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes an ISMS of any size in the source language, the same bytes every time.

    generate.py --risks N [--assets N] [--policies N] DIR

Without --assets and --policies they follow the risks: half as many assets (20 to 50,000) and 12 to 200 policies
of about 700 words. All 93 controls are decided; treatment plans, actions, owners and scores are as a real
project has them. Words are Latin, Polish, Greek, Chinese and emoji, and the characters that need escaping
somewhere: & < > " ' | * _ ` [ ] # ~ \\ $ %.
"""
import argparse
import os
import random

WORDS = ("access backup cloud customer database device disk email employee encryption endpoint finance gateway "
         "identity incident invoice laptop ledger login mail network office password payroll phone portal "
         "process production protocol recovery register release remote report restore router sandbox server "
         "service session storage supplier support switch system tenant ticket token vendor Zürich Łódź naïve "
         "façade αρχείο 数据库 R&D \"quoted\" don't 50% a|b x<y snake_case #tag `code` [box] ~5 \\path €20 ✅").split()
THEMES = ((5, 37), (6, 8), (7, 14), (8, 34))


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, items):
        return items[int(self.random.random() * len(items))]

    def below(self, n):
        return int(self.random.random() * n)

    def words(self, n):
        return " ".join(self.pick(WORDS) for _ in range(n))


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def controls():
    return ["A.%d.%d" % (theme, i + 1) for theme, count in THEMES for i in range(count)]


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


HEAD = """isms: 1
standard: "ISO/IEC 27001:2022"
organisation:
  name: Bench Works Ltd
  short_name: Bench
  activity: Makes data to measure with
  headcount: 40
  language: en-GB
  facts:
    develops_software: yes
    uses_cloud: yes
certification:
  stage: certified
  certified_on: 2025-03-01
classifications: [Public, Internal, Confidential]
scope:
  statement: All services of Bench Works Ltd.
  units: [All]
  remote_only: yes
  services:
    SRV-1:
      name: Bench service
issues:
  ISS-01:
    kind: external
    category: market
    text: Customers ask for certificates.
    effect: Sales depend on it.
  ISS-02:
    kind: internal
    category: people
    text: Few people know production.
    effect: Knowledge can be lost.
interested_parties:
  IP-1:
    name: Customers
requirements:
  REQ-1:
    party: IP-1
    kind: contractual
    title: Security schedule of the customer contract
    addressed_by_isms: yes
    owner: ROLE-ism
people:
  ana:
    name: Ana Lind
  sam:
    name: Sam Okoro
roles:
  ROLE-ceo:
    title: Chief executive
    holder: ana
    top_management: yes
    assigned: [reporting]
    responsibilities: [Leads]
    authorities: [Decides]
  ROLE-ism:
    title: Information security manager
    holder: sam
    assigned: [conformity, reporting]
    responsibilities: [Runs the ISMS]
    authorities: [Stops a release]
risk_method:
  version: "1.0"
  approved_by: ana
  approved_on: 2026-01-12
  score: product
  interval: 12 months
  triggers: [A new service]
  likelihood:
    - {name: Rare, criterion: less than once in ten years}
    - {name: Unlikely, criterion: once in three to ten years}
    - {name: Possible, criterion: once in one to three years}
    - {name: Likely, criterion: several times a year}
    - {name: Almost certain, criterion: monthly}
  impact:
    - {name: Negligible, criterion: hardly noticed}
    - {name: Minor, criterion: one team}
    - {name: Moderate, criterion: one customer}
    - {name: Major, criterion: many customers}
    - {name: Critical, criterion: the company}
  levels:
    - {name: Low, up_to: 4, acceptable: yes, accepted_by: ROLE-ism}
    - {name: Medium, up_to: 9, acceptable: yes, accepted_by: ROLE-ism}
    - {name: High, up_to: 15, acceptable: no, accepted_by: ROLE-ceo}
    - {name: Very high, up_to: 25, acceptable: no, accepted_by: ROLE-ceo}
objectives:
  OBJ-1:
    text: Restore within four hours
    measure: Longest restore
    target: 4 hours
    owner: ROLE-ism
    due: 2026-12-31
assessments:
  RA-1:
    on: 2026-02-01
    trigger: planned
    method_version: "1.0"
    participants: [ana, sam]
"""


def assets(make, count):
    out = ["assets:\n"]
    for i in range(1, count + 1):
        out.append("  AST-%05d:\n    name: %s\n    type: %s\n    owner: %s\n    classification: %s\n    reviewed_on: 2026-03-%02d\n"
                   % (i, quoted(make.words(4)), make.pick(("information", "software", "hardware", "service")),
                      make.pick(("ROLE-ism", "ROLE-ceo", "sam")), make.pick(("Public", "Internal", "Confidential")), 1 + make.below(28)))
    return "".join(out)


def risk(make, i, nassets, all_controls):
    likelihood, impact = 1 + make.below(5), 1 + make.below(5)
    residual = min(likelihood, 1 + make.below(2))
    chosen = [make.pick(all_controls) for _ in range(2)]
    return """  R-%05d:
    title: %s
    assets: [AST-%05d, AST-%05d]
    services: [SRV-1]
    threat: T-%02d
    affects: [%s]
    owner: %s
    assessment: RA-1
    consequence: |
      %s.
      **%s** and [%s](https://example.org/%d).
    inherent:
      likelihood: %d
      impact: %d
      rationale: %s
    treatment:
      option: modify
      controls: [%s]
      approved_by: sam
      approved_on: 2026-02-%02d
    residual:
      likelihood: %d
      impact: %d
      rationale: %s
    acceptance:
      by: sam
      on: 2026-03-%02d
      rationale: %s
    status: open
""" % (i, quoted(make.words(8)), 1 + make.below(nassets), 1 + make.below(nassets), 1 + make.below(60),
       make.pick(("confidentiality", "integrity", "availability", "confidentiality, integrity")),
       make.pick(("ROLE-ism", "sam")), make.words(14), make.words(2).replace("*", ""), make.words(2).replace("[", "").replace("]", ""), i,
       likelihood, impact, quoted(make.words(9)), ", ".join(chosen), 2 + make.below(26), residual, min(impact, 1 + make.below(2)),
       quoted(make.words(6)), 1 + make.below(28), quoted(make.words(5)))


def action(make, i, count, all_controls):
    return """  ACT-%05d:
    title: %s
    risks: [R-%05d]
    controls: [%s]
    owner: %s
    start: 2026-02-01
    due: 2027-%02d-15
    resources: Ten days of the team
    status: in_progress
""" % (i, quoted(make.words(6)), 1 + (i - 1) % count, make.pick(all_controls),
       make.pick(("ROLE-ism", "sam")), 1 + make.below(12))


def statement(make, all_controls):
    out = ["soa:\n  version: \"1.0\"\n  approved_by: ana\n  approved_on: 2026-03-30\n  based_on: RA-1\n  compared_on: 2026-03-01\ncontrols:\n"]
    for control in all_controls:
        out.append("  %s:\n    applicable: yes\n    reasons: [risk, contractual]\n    requirements: [REQ-1]\n    justification: %s\n"
                   "    status: implemented\n    owner: ROLE-ism\n    implementation: |\n      %s.\n"
                   % (control, quoted(make.words(6)), make.words(25)))
    return "".join(out)


def policy(make, i):
    out = ["---\nid: POL-%03d\ntitle: %s policy %d\nowner: ROLE-ism\nversion: \"1.0\"\nstatus: approved\napproved_by: ana\n"
           "approved_on: 2026-02-12\nreview_every: 12 months\nclassification: Internal\nimplements: [A.5.1]\n---\n" % (i, make.pick(WORDS[:40]), i)]
    for section in range(6):
        out.append("\n## %s\n\n%s, see [[R-00001]].\n\n" % (make.words(3), make.words(60)))
        for _ in range(4):
            out.append("- %s\n" % make.words(9))
        out.append("\n| Rule | Owner |\n|------|-------|\n")
        for _ in range(3):
            out.append("| %s | {{organisation.short_name}} |\n" % make.words(5).replace("|", "/"))
    return "".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--risks", type=int, required=True)
    parser.add_argument("--assets", type=int)
    parser.add_argument("--policies", type=int)
    parser.add_argument("dir")
    args = parser.parse_args()
    nassets = args.assets or max(20, min(50000, args.risks // 2))
    npolicies = args.policies if args.policies is not None else max(12, min(200, args.risks // 12))
    make, all_controls = Maker("ismsc/%d" % args.risks), controls()
    write(args.dir, "isms.yaml", HEAD)
    write(args.dir, "assets.yaml", assets(make, nassets))
    write(args.dir, "risks.yaml", "risks:\n" + "".join(risk(make, i, nassets, all_controls) for i in range(1, args.risks + 1)))
    write(args.dir, "actions.yaml", "actions:\n" + "".join(action(make, i, args.risks, all_controls) for i in range(1, args.risks + 1)))
    write(args.dir, "controls.yaml", statement(make, all_controls))
    for i in range(1, npolicies + 1):
        write(args.dir, "policies/POL-%03d.md" % i, policy(make, i))


if __name__ == "__main__":
    main()
