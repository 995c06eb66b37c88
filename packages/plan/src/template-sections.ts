import type { Bilingual } from "./lang.ts"
import type { Section } from "./plan-document.ts"

/**
 * The sections of a joint project plan, as the template and the demo have them. One list, so longer than a module
 * should be.
 */
export const TEMPLATE_SECTIONS: readonly Omit<Section, "clauses">[] = [
  { id: "preamble", kind: "preamble", number: null, mandatory: true, heading: { en: "Preamble", ru: "Преамбула" } },
  {
    id: "s1",
    kind: "section",
    number: 1,
    mandatory: true,
    heading: { en: "Terms and abbreviations", ru: "Термины и сокращения" },
  },
  {
    id: "s2",
    kind: "section",
    number: 2,
    mandatory: true,
    heading: { en: "Purpose and scope", ru: "Цель и сфера действия" },
  },
  {
    id: "s3",
    kind: "section",
    number: 3,
    mandatory: true,
    heading: {
      en: "Legal basis and relation to other arrangements",
      ru: "Правовая основа и соотношение с другими договоренностями",
    },
  },
  {
    id: "s4",
    kind: "section",
    number: 4,
    mandatory: true,
    heading: { en: "Assessment of threats and risks", ru: "Оценка угроз и рисков" },
  },
  {
    id: "s5",
    kind: "section",
    number: 5,
    mandatory: true,
    heading: { en: "Priorities for cooperation", ru: "Приоритеты сотрудничества" },
  },
  {
    id: "s6",
    kind: "section",
    number: 6,
    mandatory: true,
    heading: {
      en: "Work program, milestones and completion criteria",
      ru: "Программа работ, контрольные этапы и критерии завершения",
    },
  },
  { id: "s7", kind: "section", number: 7, mandatory: true, heading: { en: "Sites and facilities", ru: "Объекты" } },
  {
    id: "s8",
    kind: "section",
    number: 8,
    mandatory: true,
    heading: { en: "Executive agents", ru: "Исполнительные органы" },
  },
  {
    id: "s9",
    kind: "section",
    number: 9,
    mandatory: true,
    heading: {
      en: "Joint Coordinating Committee and working groups",
      ru: "Совместный координационный комитет и рабочие группы",
    },
  },
  {
    id: "s10",
    kind: "section",
    number: 10,
    mandatory: true,
    heading: { en: "Roles and decision rights", ru: "Распределение полномочий и ответственности" },
  },
  {
    id: "s11",
    kind: "section",
    number: 11,
    mandatory: true,
    heading: { en: "Sharing of costs", ru: "Распределение расходов" },
  },
  {
    id: "s12",
    kind: "section",
    number: 12,
    mandatory: true,
    heading: {
      en: "Transition to sole Russian funding",
      ru: "Переход к самостоятельному финансированию российской Стороной",
    },
  },
  {
    id: "s13",
    kind: "section",
    number: 13,
    mandatory: true,
    heading: { en: "Currency, valuation and planning exchange rate", ru: "Валюта, порядок оценки и расчетный курс" },
  },
  {
    id: "s14",
    kind: "section",
    number: 14,
    mandatory: true,
    heading: { en: "Availability of funds", ru: "Наличие финансовых средств" },
  },
  {
    id: "s15",
    kind: "section",
    number: 15,
    mandatory: true,
    heading: { en: "Taxes, duties and other charges", ru: "Налоги, сборы и иные обязательные платежи" },
  },
  {
    id: "s16",
    kind: "section",
    number: 16,
    mandatory: true,
    heading: {
      en: "Procurement, equipment, title and use",
      ru: "Закупки, оборудование, право собственности и использование",
    },
  },
  {
    id: "s17",
    kind: "section",
    number: 17,
    mandatory: true,
    heading: { en: "Access to sites", ru: "Доступ на объекты" },
  },
  {
    id: "s18",
    kind: "section",
    number: 18,
    mandatory: true,
    heading: { en: "Audit and examination", ru: "Аудит и проверки" },
  },
  {
    id: "s19",
    kind: "section",
    number: 19,
    mandatory: true,
    heading: { en: "Reporting and records", ru: "Отчетность и ведение документации" },
  },
  {
    id: "s20",
    kind: "section",
    number: 20,
    mandatory: true,
    heading: { en: "Exchange and protection of information", ru: "Обмен информацией и ее защита" },
  },
  {
    id: "s21",
    kind: "section",
    number: 21,
    mandatory: false,
    heading: { en: "Intellectual property", ru: "Интеллектуальная собственность" },
  },
  {
    id: "s22",
    kind: "section",
    number: 22,
    mandatory: true,
    heading: {
      en: "Export control and transfer to third parties",
      ru: "Экспортный контроль и передача третьим сторонам",
    },
  },
  {
    id: "s23",
    kind: "section",
    number: 23,
    mandatory: true,
    heading: { en: "Liability", ru: "Ответственность за ущерб" },
  },
  {
    id: "s24",
    kind: "section",
    number: 24,
    mandatory: false,
    heading: { en: "Public statements", ru: "Публичные заявления" },
  },
  {
    id: "s25",
    kind: "section",
    number: 25,
    mandatory: true,
    heading: { en: "Changes to the Plan", ru: "Внесение изменений" },
  },
  {
    id: "s26",
    kind: "section",
    number: 26,
    mandatory: true,
    heading: { en: "Settlement of differences", ru: "Урегулирование разногласий" },
  },
  {
    id: "s27",
    kind: "section",
    number: 27,
    mandatory: true,
    heading: {
      en: "Effect, duration, suspension and termination",
      ru: "Начало действия, срок действия, приостановление и прекращение действия",
    },
  },
  { id: "s28", kind: "section", number: 28, mandatory: true, heading: { en: "Languages", ru: "Языки" } },
  {
    id: "signature",
    kind: "signature",
    number: null,
    mandatory: true,
    heading: { en: "Signatures of the Sides", ru: "Подписи Сторон" },
  },
  {
    id: "annex8",
    kind: "annex",
    number: 8,
    mandatory: true,
    heading: { en: "Form of hand-over act", ru: "Форма акта приема-передачи" },
  },
]

/** The ten annexes: which are an integral part, and who may revise them. */
export const TEMPLATE_ANNEXES: readonly {
  readonly id: string
  readonly no: number
  readonly title: Bilingual
  readonly integral: boolean
  readonly revisable_by: readonly string[]
}[] = [
  {
    id: "annex1",
    no: 1,
    title: { en: "Priorities, indicators and milestones", ru: "Приоритеты, показатели и контрольные этапы" },
    integral: true,
    revisable_by: ["JCC"],
  },
  {
    id: "annex2",
    no: 2,
    title: { en: "Responsibility matrix", ru: "Матрица ответственности" },
    integral: true,
    revisable_by: ["JCC"],
  },
  {
    id: "annex3",
    no: 3,
    title: { en: "Financial plan and cost shares", ru: "Финансовый план и доли расходов" },
    integral: true,
    revisable_by: ["JCC"],
  },
  {
    id: "annex4",
    no: 4,
    title: { en: "Access arrangements", ru: "Порядок доступа" },
    integral: true,
    revisable_by: ["JCC"],
  },
  {
    id: "annex5",
    no: 5,
    title: { en: "Reporting calendar", ru: "График отчетности" },
    integral: true,
    revisable_by: ["WG1"],
  },
  { id: "annex6", no: 6, title: { en: "Risk register", ru: "Реестр рисков" }, integral: true, revisable_by: ["WG1"] },
  {
    id: "annex7",
    no: 7,
    title: { en: "Equipment inventory", ru: "Перечень оборудования" },
    integral: true,
    revisable_by: ["WG1"],
  },
  {
    id: "annex8",
    no: 8,
    title: { en: "Form of hand-over act", ru: "Форма акта приема-передачи" },
    integral: true,
    revisable_by: ["JCC"],
  },
  {
    id: "annex9",
    no: 9,
    title: { en: "Posts and notified persons", ru: "Должности и уведомленные лица" },
    integral: false,
    revisable_by: ["notice"],
  },
  {
    id: "annex10",
    no: 10,
    title: { en: "Glossary of agreed terms", ru: "Глоссарий согласованных терминов" },
    integral: true,
    revisable_by: ["JCC"],
  },
]

/** What stands beside the blanks of the signature block. */
export const SIGNATURE_LABELS = {
  post: { en: "Post", ru: "Должность" },
  organisation: { en: "Organization", ru: "Организация" },
  place: { en: "Place", ru: "Место" },
  date: { en: "Date", ru: "Дата" },
  acting: { en: "acting", ru: "временно исполняющий обязанности" },
} as const
