export { PlanLayout } from "./PlanLayout.tsx"
export { TabsEnd } from "./TabsEnd.tsx"
