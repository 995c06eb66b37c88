import type { ReactNode } from "react"
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components"
import { useT } from "../i18n/index.ts"
import { Button } from "./Button.tsx"
import { Mark } from "./Mark.tsx"

export interface DialogProps {
  readonly title: ReactNode
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly children: ReactNode
  readonly wide?: boolean
  /** for a sheet that must be answered */
  readonly role?: "dialog" | "alertdialog"
}

/** A sheet over the desk: focus stays in it, Escape closes it, focus returns to where it came from. */
export function Dialog({ title, isOpen, onClose, children, wide = false, role = "dialog" }: DialogProps) {
  const t = useT()
  return (
    <ModalOverlay className="veil" isOpen={isOpen} isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className={wide ? "modal wide" : "modal"}>
        <AriaDialog role={role} className="dialog">
          <header>
            <Heading slot="title">{title}</Heading>
            <Button look="link" onPress={onClose} aria-label={t("shell.close")}>
              <Mark name="close" />
            </Button>
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
