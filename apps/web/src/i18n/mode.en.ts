/** Words of the three modes, which say who reads the next keystroke. */
export const modeEn = {
  "mode.label": "Mode: who reads the next keystroke",
  "mode.read": "Read",
  "mode.draft": "Draft together",
  "mode.propose": "Propose for {party}",
  "mode.read.says": "<b>Nothing can be typed here.</b> Letters are shortcuts.",
  "mode.draft.says": "<b>Both delegations read every letter</b> as you type it.",
  "mode.propose.says": "<b>Only the {party} delegation reads this.</b>",
  "mode.key.read": "read: nothing can be typed",
  "mode.key.draft": "draft together: both delegations read along",
  "mode.key.propose": "propose: only your delegation reads along",
  "mode.key.openDraft": "open our draft of the clause",
  "mode.text.read": "You are reading: nothing can be typed here.",
  "mode.text.propose":
    "What you type here begins the {party} draft of this clause. The shared text stays as it is, and only the {party} delegation reads the draft.",
  "mode.draftText.read": "You are reading. To write in the draft, switch to proposing.",
  "mode.table.read": "You are reading: no figure or cell can be changed. Draft together opens the shared tables.",
  "mode.table.propose": "You are proposing: nothing you type changes the shared tables. Draft together opens them.",
  "mode.barred.reading":
    "<b>Nothing was written:</b> you are reading. What both delegations share is written in <i>Draft together</i>.",
  "mode.barred.table":
    "<b>Nothing was written:</b> you are proposing, and a proposal for this cell cannot be drafted here yet. To change the cell for both delegations to read, switch to <i>Draft together</i>.",
  "mode.barred.text":
    "<b>Nothing was written:</b> you are proposing, and this changes the shared text. Type on the clause to begin a draft of your own delegation, or switch to <i>Draft together</i>.",
  "mode.barred.caucusAway":
    "<b>What you typed has gone nowhere.</b> Your delegation’s drafts are still being fetched; try again in a moment.",
  "mode.barred.switch": "Switch to Draft together",
  "mode.barred.dismiss": "Dismiss",
} as const
