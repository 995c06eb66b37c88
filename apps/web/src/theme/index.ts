export { type Appearance, setAppearance, startAppearance, type ThemeChoice, useAppearance } from "./theme.ts"
