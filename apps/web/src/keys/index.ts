export { ShortcutsProvider, useRegistry, useShortcuts } from "./ShortcutsProvider.tsx"
export { matchKey, type Shortcut, type ShortcutGroup, type Stroke, strokeLabel } from "./shortcuts.ts"
