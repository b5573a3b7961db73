type KeyGroup = { title: string; keys: { press: string[]; does: string }[] };

/** Every key that Backcourt listens to, as the help dialog shows them. */
export const KEY_GROUPS: KeyGroup[] = [
  {
    title: "Everywhere",
    keys: [
      { press: ["?"], does: "This list" },
      { press: ["Tab"], does: "Next control; the calendar is one stop" },
      { press: ["Esc"], does: "Close what is open, then clear the selection" },
    ],
  },
  {
    title: "Calendar",
    keys: [
      { press: ["←", "→", "↑", "↓"], does: "To the neighbouring cell: a day or a week" },
      { press: ["PgUp", "PgDn"], does: "A month back or on" },
      { press: ["Home", "End"], does: "Monday or Sunday of the week" },
      { press: ["Ctrl Home", "Ctrl End"], does: "The season's first or last date" },
      { press: ["T"], does: "Today" },
      { press: ["N", "P"], does: "Next or previous date that needs attention" },
      { press: ["Enter"], does: "Open the date" },
      { press: ["Space"], does: "Select the date, or take it back" },
      { press: ["Shift + a move"], does: "Select from here on" },
      { press: ["B"], does: "Backfill the selection, or else the date" },
    ],
  },
  {
    title: "dbt",
    keys: [
      { press: ["/"], does: "Find a model" },
      { press: ["Enter"], does: "In the search: put the first find into the selection" },
      { press: ["←", "→", "↑", "↓"], does: "Between models and their +, between chips, or move the graph" },
      { press: ["Enter", "Delete"], does: "On a chip: how far it reaches; remove it" },
      { press: ["+", "-", "0"], does: "On the graph: closer, further, all of it" },
    ],
  },
  {
    title: "Log of a run",
    keys: [
      { press: ["/"], does: "Search in the log" },
      { press: ["Enter", "Shift Enter"], does: "Next or previous match" },
      { press: ["Esc"], does: "Leave the search" },
      { press: ["E", "Shift E"], does: "First error, then the next; or back" },
      { press: ["Home", "End"], does: "First line; latest line, and follow it" },
      { press: ["↑", "↓", "PgUp", "PgDn"], does: "On a line's number: to another line" },
      { press: ["Enter"], does: "On a line's number: link to it, and copy the link" },
      { press: ["Shift + a move"], does: "On a line's number: link to a range of lines" },
    ],
  },
];
