export { PlanTextPage } from "./PlanTextPage.tsx"
