import type { Bilingual } from "./lang.ts"

/** The fixed vocabulary of the typed tables: each code of an enumeration with its words. The words printed, never the code. */
export const LABELS = {
  threat_actor: {
    outsider_theft: { en: "theft by an outsider", ru: "хищение внешним нарушителем" },
    insider_theft: { en: "theft by an insider", ru: "хищение внутренним нарушителем" },
    sabotage: { en: "sabotage", ru: "диверсия" },
    loss_or_diversion: { en: "loss or diversion by error", ru: "утрата или переключение по ошибке" },
    smuggling: { en: "smuggling", ru: "незаконный оборот" },
    other: { en: "other", ru: "иное" },
  },
  disposition: {
    common: { en: "common", ru: "совместный" },
    us_only: { en: "supported by the U.S. side only", ru: "поддерживается только американской Стороной" },
    ru_only: { en: "supported by the Russian side only", ru: "поддерживается только российской Стороной" },
    deferred: { en: "deferred", ru: "отложен" },
  },
  unit: {
    percent: { en: "%", ru: "%" },
    count: { en: "number", ru: "количество" },
    days: { en: "days", ru: "дни" },
    hours: { en: "hours", ru: "часы" },
    score: { en: "score", ru: "баллы" },
  },
  evidence: {
    survey_report: { en: "survey report", ru: "отчет об обследовании" },
    approved_budget: { en: "approved budget", ru: "утвержденный бюджет" },
    contract_list: { en: "list of contracts", ru: "перечень договоров" },
    test_report: { en: "test report", ru: "отчет о проверках" },
    test_record: { en: "test record", ru: "протокол проверки" },
    committee_minutes: { en: "minutes of the Committee", ru: "протокол заседания Комитета" },
    handover_act: { en: "hand-over act", ru: "акт приема-передачи" },
    review_report: { en: "review report", ru: "отчет о рассмотрении" },
    closing_report: { en: "closing report", ru: "заключительный отчет" },
    inventory_extract: { en: "inventory extract", ru: "выписка из перечня оборудования" },
    repair_log: { en: "repair log", ru: "журнал ремонта" },
    event_log: { en: "event log", ru: "журнал событий" },
    document_register: { en: "register of documents", ru: "реестр документов" },
    training_record: { en: "training record", ru: "сведения об обучении" },
  },
  method: {
    records_comparison: { en: "comparison of records", ru: "сверка документов" },
    witnessed_test: { en: "test witnessed by both Sides", ru: "проверка эффективности в присутствии обеих Сторон" },
    assurance_visit: { en: "assurance visit", ru: "контрольный визит" },
  },
  purpose: {
    assurance_visit: { en: "assurance visit", ru: "контрольный визит" },
    audit: { en: "audit and examination", ru: "аудит и проверки" },
    performance_test: { en: "performance test by Russian teams", ru: "проверка эффективности российскими группами" },
  },
  notice_status: {
    negotiated: { en: "under negotiation", ru: "на обсуждении" },
    agreed: { en: "agreed", ru: "согласовано" },
    not_applicable: { en: "no visits, substitute evidence only", ru: "посещений нет, только замещающие подтверждения" },
  },
  response: {
    avoid: { en: "avoid", ru: "исключить" },
    reduce: { en: "reduce", ru: "снизить" },
    transfer: { en: "transfer", ru: "передать" },
    accept: { en: "accept", ru: "принять" },
  },
  equipment_class: {
    radiation_detection: { en: "radiation detection", ru: "радиационный контроль" },
    perimeter_detection: { en: "perimeter detection", ru: "обнаружение на периметре" },
    video: { en: "video assessment", ru: "видеонаблюдение" },
    measurement: { en: "measurement", ru: "измерения" },
    access_control: { en: "access control", ru: "контроль доступа" },
    sealing: { en: "seals", ru: "пломбирование" },
    alarm_display: { en: "alarm display", ru: "отображение тревог" },
    communications: { en: "communications", ru: "связь" },
    power: { en: "power supply", ru: "электропитание" },
    accounting_system: { en: "accounting system", ru: "учетная система" },
  },
  raci: {
    R: { en: "does the work", ru: "исполнитель" },
    A: { en: "accountable, one per side", ru: "ответственное лицо, по одному от Стороны" },
    C: { en: "consulted", ru: "консультирует" },
    I: { en: "informed", ru: "информируется" },
  },
  valuation_basis: {
    payroll_rate: { en: "payroll rate", ru: "ставка оплаты труда" },
    book_value: { en: "book value", ru: "балансовая стоимость" },
  },
  role: {
    budget: { en: "budget officer", ru: "специалист по бюджету" },
    drafter: { en: "drafter", ru: "составитель" },
    head: { en: "head of delegation", ru: "глава делегации" },
    legal: { en: "legal adviser", ru: "юрисконсульт" },
    expert: { en: "technical expert", ru: "технический эксперт" },
    translator: { en: "translator", ru: "переводчик" },
    clearing: { en: "clearing official", ru: "согласующее должностное лицо" },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Bilingual>>>>

export type LabelGroup = keyof typeof LABELS
