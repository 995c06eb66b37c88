import { finding } from "./cost-messages.ts"
import type { CostFinding } from "./cost-table.ts"
import { dayNumber } from "./days.ts"
import type { PlanDocument } from "./plan-document.ts"
import type { DecisionRight, EscalationStep, Person, Post, RaciActivity } from "./tables.ts"

/**
 * M01–M12 over posts, matrix, bodies, reports, persons and access. Two accountable officials in a row are right here,
 * one on each side. M04 (a post both accountable and only informed) can't be written: a cell holds one letter.
 * Longer than a module should be: beside each rule stands what it says to people, in both languages.
 */
export const checkRoles = (plan: PlanDocument): readonly CostFinding[] => [
  ...plan.tables.raci.flatMap((activity) => checkActivity(activity, plan)),
  ...checkDoers(plan),
  ...checkPersonsOfBothSides(plan),
  ...checkWorkstreams(plan),
  ...checkEscalation(plan),
  ...checkCoChairs(plan),
  ...checkReports(plan),
  ...checkAssignments(plan),
  ...checkAccess(plan),
  ...plan.tables.decision_rights.flatMap((right) => checkDelegation(right, plan)),
]

const postsByCode = (plan: PlanDocument): ReadonlyMap<string, Post> =>
  new Map(plan.tables.posts.map((one) => [one.id, one]))

const checkActivity = (activity: RaciActivity, plan: PlanDocument): readonly CostFinding[] => {
  const posts = postsByCode(plan)
  const path = `raci/${activity.id}`
  const findings: CostFinding[] = []
  const cells = Object.entries(activity.cells)
  for (const [code] of cells.filter(([post]) => !posts.has(post))) {
    findings.push(
      finding(
        "M03",
        `${path}/${code}`,
        `${activity.id} names the post ${code}, which no side has: choose a post of that side.`,
        `В ${activity.id} указана должность ${code}, которой нет ни у одной Стороны: выберите должность этой Стороны.`,
      ),
    )
  }
  for (const party of plan.parties) {
    const answering = cells
      .filter(([post, letter]) => letter === "A" && posts.get(post)?.party === party.code)
      .map(([post]) => post)
    const isDue = activity.scope === "both" || activity.scope === party.code
    if (isDue && answering.length === 0) {
      findings.push(
        finding(
          "M01",
          path,
          `Nobody on the ${party.names.en.adjective} side answers for ${activity.id}: give one post an A.`,
          `За ${activity.id} никто не отвечает (${party.names.ru.short}): поставьте A одной должности.`,
        ),
      )
    }
    for (const extra of answering.slice(isDue ? 1 : 0)) {
      findings.push(
        finding(
          "M01",
          `${path}/${extra}`,
          isDue
            ? `Two posts on the ${party.names.en.adjective} side answer for ${activity.id}: leave one A.`
            : `${activity.id} is the other side's alone: take the A away.`,
          isDue
            ? `За ${activity.id} отвечают две должности (${party.names.ru.short}): оставьте одну A.`
            : `${activity.id} — работа только другой Стороны: снимите A.`,
        ),
      )
    }
  }
  if (!cells.some(([, letter]) => letter === "R")) {
    findings.push(
      finding(
        "M02",
        path,
        `Nobody does the work of ${activity.id}: give one post an R.`,
        `У ${activity.id} нет исполнителя: поставьте R одной должности.`,
      ),
    )
  }
  return findings
}

/** M02, second half: a side that puts money into a workstream also does some of its work. */
const checkDoers = (plan: PlanDocument): readonly CostFinding[] => {
  const posts = postsByCode(plan)
  const [first] = plan.parties
  return plan.tables.workstreams.flatMap((workstream) => {
    const cells = plan.tables.cost_lines
      .filter((line) => workstream.line_ids.includes(line.id))
      .flatMap((line) => line.years)
    const activities = plan.tables.raci.filter((one) => one.workstream_id === workstream.id)
    return plan.parties
      .filter((party) => {
        const column = party === first ? "us_usd_cents" : "ru_usd_equiv_cents"
        const hasMoney = cells.some((cell) => cell[column] > 0)
        const works = activities.some((one) =>
          Object.entries(one.cells).some(([post, letter]) => letter === "R" && posts.get(post)?.party === party.code),
        )
        return hasMoney && !works
      })
      .map((party) =>
        finding(
          "M02",
          `workstreams/${workstream.id}`,
          `The ${party.names.en.adjective} side pays for ${workstream.id} but does none of its work: give one of its posts an R.`,
          `${party.names.ru.short} вносит средства в ${workstream.id}, но не участвует в работах: поставьте R одной из ее должностей.`,
        ),
      )
  })
}

const checkPersonsOfBothSides = (plan: PlanDocument): readonly CostFinding[] => {
  const posts = postsByCode(plan)
  const answering = new Set(
    plan.tables.raci.flatMap((one) =>
      Object.entries(one.cells)
        .filter(([, letter]) => letter === "A")
        .map(([post]) => post),
    ),
  )
  const sideOf = (person: Person) => posts.get(person.post)?.party ?? person.party
  const isSame = (a: Person, b: Person) => a.name.lat === b.name.lat || a.name.cyr === b.name.cyr
  return plan.tables.persons.flatMap((person) => {
    const isCrossed = sideOf(person) !== person.party
    const isDouble =
      answering.has(person.post) &&
      plan.tables.persons.some(
        (one) => isSame(one, person) && answering.has(one.post) && sideOf(one) !== sideOf(person),
      )
    if (!isCrossed && !isDouble) return []
    return [
      finding(
        "M05",
        `persons/${person.id}`,
        `${person.name.lat} answers for both sides: one person answers for one side.`,
        `${person.name.cyr} отвечает за обе Стороны: одно лицо отвечает за одну Сторону.`,
      ),
    ]
  })
}

const checkWorkstreams = (plan: PlanDocument): readonly CostFinding[] => [
  ...plan.tables.cost_lines.flatMap((line) => {
    const times = plan.tables.workstreams.filter((one) => one.line_ids.includes(line.id)).length
    if (times === 1) return []
    return [
      finding(
        "M06",
        `lines/${line.id}`,
        `${line.id} is in ${times} workstreams: put it into exactly one.`,
        `Позиция ${line.id} входит в направления работ (${times}): отнесите ее ровно к одному.`,
      ),
    ]
  }),
  ...plan.tables.workstreams
    .filter((one) => one.priority_ids.length === 0)
    .map((one) =>
      finding(
        "M06",
        `workstreams/${one.id}/priority_ids`,
        `${one.id} serves no priority: name one.`,
        `${one.id} не связано ни с одним приоритетом: укажите его.`,
      ),
    ),
]

const checkEscalation = (plan: PlanDocument): readonly CostFinding[] => {
  const steps = plan.tables.escalation
  const postsOf = (step: EscalationStep) => Object.values(step.posts).filter((post) => post !== null)
  return steps.flatMap((step, index) => {
    const findings: CostFinding[] = []
    if (step.level !== index + 1) {
      findings.push(
        finding(
          "M07",
          `escalation/${step.id}/level`,
          `The ladder has a gap or a step out of order at level ${step.level}: number the steps 1 to ${steps.length}.`,
          `В порядке передачи вопросов пропуск или нарушена очередность (ступень ${step.level}): пронумеруйте ступени от 1 до ${steps.length}.`,
        ),
      )
    }
    const shared = postsOf(step).find((post) => steps.slice(0, index).some((one) => postsOf(one).includes(post)))
    if (shared !== undefined) {
      findings.push(
        finding(
          "M07",
          `escalation/${step.id}/posts`,
          `${shared} decides at two levels: name a higher post.`,
          `Должность ${shared} указана на двух ступенях: укажите вышестоящую.`,
        ),
      )
    }
    const isLast = index === steps.length - 1
    if (isLast ? step.max_days !== null : step.max_days === null) {
      findings.push(
        finding(
          "M07",
          `escalation/${step.id}/max_days`,
          isLast
            ? "The last step is consultations without a term: take its days away."
            : `Level ${step.level} has no term: enter its days.`,
          isLast
            ? "Последняя ступень — консультации без срока: уберите дни."
            : `У ступени ${step.level} нет срока: укажите дни.`,
        ),
      )
    }
    return findings
  })
}

const checkCoChairs = (plan: PlanDocument): readonly CostFinding[] => {
  const posts = postsByCode(plan)
  const bodies = [
    ...plan.tables.committee.map((one) => ["committee", one] as const),
    ...plan.tables.working_groups.map((one) => ["working_groups", one] as const),
  ]
  return bodies.flatMap(([table, body]) => {
    const isPaired =
      Object.keys(body.co_chairs).length === 2 &&
      plan.parties.every((party) => posts.get(body.co_chairs[party.code] ?? "")?.party === party.code)
    if (isPaired) return []
    return [
      finding(
        "M08",
        `${table}/${body.id}/co_chairs`,
        `${body.name.en} needs one co-chair of each side: name a post of each.`,
        `${body.name.ru}: нужен один сопредседатель от каждой Стороны; укажите должности.`,
      ),
    ]
  })
}

const checkReports = (plan: PlanDocument): readonly CostFinding[] => {
  const posts = postsByCode(plan)
  return plan.tables.reports.flatMap((report) => {
    const lacking = plan.parties.filter((party) => posts.get(report.from[party.code] ?? "")?.party !== party.code)
    const findings = lacking.map((party) =>
      finding(
        "M09",
        `reports/${report.id}/from`,
        `Nobody on the ${party.names.en.adjective} side owes report ${report.id}: name a post.`,
        `Отчет ${report.id}: не указана должность, отвечающая за него (${party.names.ru.short}).`,
      ),
    )
    if (report.due_days > 0) return findings
    return [
      ...findings,
      finding(
        "M09",
        `reports/${report.id}/due_days`,
        `Report ${report.id} has no days to be ready in: enter at least one.`,
        `Отчет ${report.id}: не указан срок представления; введите хотя бы один день.`,
      ),
    ]
  })
}

const LONGEST_GAP_DAYS = 30

/** M10: one holder at a time, and no post of the matrix empty for longer than thirty days while the plan runs. */
const checkAssignments = (plan: PlanDocument): readonly CostFinding[] => {
  const [start, end] = [dayNumber(plan.terms.start), dayNumber(plan.terms.end)]
  if (start === null || end === null) return []
  const held = plan.tables.posts.map((post) => ({
    post,
    persons: plan.tables.persons.filter((one) => one.post === post.id).toSorted((a, b) => (a.from < b.from ? -1 : 1)),
  }))
  return held.flatMap(({ post, persons }) => {
    const findings: CostFinding[] = []
    let free = start
    for (const [index, person] of persons.entries()) {
      const before = persons[index - 1]
      const from = dayNumber(person.from) ?? start
      if (before !== undefined && (before.to === null || person.from <= before.to)) {
        findings.push(
          finding(
            "M10",
            `persons/${person.id}/from`,
            `${person.name.lat} takes over ${post.id} while ${before.name.lat} still holds it: move one of the dates.`,
            `${person.name.cyr} вступает в должность ${post.id}, пока ее занимает ${before.name.cyr}: измените одну из дат.`,
          ),
        )
      } else if (from - free > LONGEST_GAP_DAYS) {
        findings.push(gap(post, `persons/${person.id}/from`))
      }
      free = Math.max(free, person.to === null ? end + 1 : (dayNumber(person.to) ?? end) + 1)
    }
    const last = persons.at(-1)
    if (last !== undefined && end + 1 - free > LONGEST_GAP_DAYS) findings.push(gap(post, `persons/${last.id}/to`))
    return findings
  })
}

const gap = (post: Post, path: string): CostFinding =>
  finding(
    "M10",
    path,
    `${post.id} is empty for more than ${LONGEST_GAP_DAYS} days: name who holds or acts in it.`,
    `Должность ${post.id} свободна более ${LONGEST_GAP_DAYS} дней: укажите, кто ее занимает или исполняет обязанности.`,
  )

const checkAccess = (plan: PlanDocument): readonly CostFinding[] => [
  ...plan.tables.sites.flatMap((site) => {
    const rules = plan.tables.access_rules.filter(
      (one) => one.site_id === site.id && one.purpose !== "performance_test",
    )
    const isCovered =
      rules.some((one) => one.valid_from <= plan.terms.start) && rules.some((one) => one.valid_to >= plan.terms.end)
    if (isCovered) return []
    return [
      finding(
        "M11",
        `sites/${site.id}`,
        `${site.label.en} has no access rule for the whole plan: add one, or name substitute evidence.`,
        `${site.label.ru}: нет порядка доступа на весь срок плана; добавьте его или укажите замещающие подтверждения.`,
      ),
    ]
  }),
  ...plan.tables.access_rules
    .filter(
      (one) =>
        one.max_visits_per_year === 0 &&
        (one.substitute_evidence.en.trim() === "" || one.substitute_evidence.ru.trim() === ""),
    )
    .map((one) =>
      finding(
        "M11",
        `access_rules/${one.id}/substitute_evidence`,
        `${one.id} allows no visit and names no substitute evidence: name it.`,
        `${one.id}: посещения не предусмотрены, а замещающие подтверждения не указаны; укажите их.`,
      ),
    ),
]

const checkDelegation = (right: DecisionRight, plan: PlanDocument): readonly CostFinding[] => {
  if (right.delegated_from === null) return []
  const path = `decision_rights/${right.id}`
  const from = plan.tables.decision_rights.find((one) => one.id === right.delegated_from)
  if (from === undefined) {
    return [
      finding(
        "M12",
        `${path}/delegated_from`,
        `${right.id} is delegated from ${right.delegated_from}, which isn't there: correct it.`,
        `${right.id} делегировано из ${right.delegated_from}, которого нет: исправьте.`,
      ),
    ]
  }
  const [own, above] = [right.threshold, from.threshold]
  const exceeds =
    above.value !== null &&
    own.unit === above.unit &&
    (own.value === null || own.value > above.value || own.currency !== above.currency)
  if (!exceeds && right.level < from.level) return []
  return [
    finding(
      "M12",
      `${path}/threshold`,
      `${right.id} goes beyond ${from.id}, from which it is delegated: lower it.`,
      `${right.id} выходит за пределы ${from.id}, из которого делегировано: уменьшите порог.`,
    ),
  ]
}
