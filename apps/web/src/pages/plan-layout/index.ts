export { CaucusOffers } from "./ConnectionNotices.tsx"
export { PlanLayout } from "./PlanLayout.tsx"
export { TabsEnd } from "./TabsEnd.tsx"
export { WithdrawnRows } from "./WithdrawnRows.tsx"
