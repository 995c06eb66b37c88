import type { ReactNode } from "react"
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components"
import { Button, Mark } from "../../ui/index.ts"
import { useDesk } from "./context.ts"

export interface SheetFrameProps {
  readonly title: string
  readonly lead?: string | undefined
  readonly closeLabel?: string
  readonly narrow?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A sheet laid over the page. Escape puts it away; the focus stays in it and goes back where it came from. */
export function SheetFrame({ title, lead, closeLabel, narrow = false, onClose, children }: SheetFrameProps) {
  const { say } = useDesk()
  return (
    <ModalOverlay className="veil2" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className={narrow ? "sheet s" : "sheet"}>
        <Dialog>
          <header>
            <div>
              <Heading slot="title">{title}</Heading>
              {lead !== undefined && <p>{lead}</p>}
            </div>
            <Button look="link" className="x" aria-label={closeLabel ?? say("pt.close")} onPress={onClose}>
              <Mark name="close" />
            </Button>
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
