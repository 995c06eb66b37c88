export { PrioritiesPage } from "./PrioritiesPage.tsx"
