import { useT } from "../i18n/index.ts"
import { Dialog } from "../ui/Dialog.tsx"
import { type Shortcut, type ShortcutGroup, strokeLabel } from "./shortcuts.ts"

const GROUPS: readonly ShortcutGroup[] = ["shell", "text", "grid"]

export function KeyHelp({
  isOpen,
  onClose,
  shortcuts,
}: {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly shortcuts: readonly Shortcut[]
}) {
  const t = useT()
  const unique = shortcuts.filter((shortcut, i) => shortcuts.findIndex((other) => other.id === shortcut.id) === i)
  return (
    <Dialog title={t("shell.keys.title")} isOpen={isOpen} onClose={onClose} wide>
      {GROUPS.map((group) => {
        const own = unique.filter((shortcut) => shortcut.group === group)
        if (own.length === 0) return null
        return (
          <section key={group} className="keys-group">
            <h3>{t(`shell.keys.group.${group}`)}</h3>
            <dl className="keys">
              {own.map((shortcut) => (
                <div key={shortcut.id}>
                  <dt>
                    {shortcut.ctrl ? <kbd>Ctrl</kbd> : null}
                    {shortcut.id === "help" ? (
                      <kbd>?</kbd>
                    ) : (
                      shortcut.strokes.map((code) => <kbd key={code}>{strokeLabel(code, t.lang)}</kbd>)
                    )}
                  </dt>
                  <dd>{shortcut.label}</dd>
                </div>
              ))}
            </dl>
          </section>
        )
      })}
      <p className="small soft">{t("shell.keys.note")}</p>
    </Dialog>
  )
}
