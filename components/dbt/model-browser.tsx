"use client";

import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from "react";
import { isTyping } from "@/components/shell/is-typing";
import type { DbtProject, DbtStatus } from "@/lib/contracts/dbt";
import { counted } from "./build-words";
import { groupModels, isTest, listedModels, readSearch, searchNodes, selectorFor } from "./group-models";
import classes from "./model-browser.module.css";
import { ModelGrid } from "./model-grid";
import { SEARCH_ID } from "./search-id";

type ModelBrowserProps = {
  project: DbtProject;
  usualTimes: DbtStatus["usualTimes"];
  selection: readonly string[];
  /** What the selection builds, by unique id. */
  build: ReadonlySet<string>;
  search: string;
  onSearch: (search: string) => void;
  /** Puts a selector into the selection, or takes it out where it is just so. */
  onToggle: (selector: string) => void;
};

/** The project's tests are many: they are listed once something is searched for, and not all of them. */
const SHOWN_TESTS = 40;

/** Every model of the project by layer and folder, with a search; what is found can be selected at once. */
export function ModelBrowser(props: ModelBrowserProps) {
  const { project, usualTimes, selection, build, search: text, onSearch, onToggle } = props;
  useSearchKey();
  const gridRef = useRef<HTMLDivElement>(null);
  const hintId = useId();
  const search = useMemo(() => readSearch(text), [text]);
  const models = useMemo(() => searchNodes(listedModels(project.nodes), search), [project, search]);
  const tests = useMemo(
    () =>
      search.terms.length === 0
        ? []
        : searchNodes(
            project.nodes.filter((node) => node.selectable && isTest(node)),
            search,
          ),
    [project, search],
  );
  const first = models[0] ?? tests[0];
  const searching = search.terms.length > 0;

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "ArrowDown") gridRef.current?.querySelector<HTMLElement>("button")?.focus();
    else if (event.key === "Enter" && searching && first) onToggle(selectorFor(first, search));
    else if (event.key === "Escape" && text !== "") onSearch("");
    else return;
    event.preventDefault();
  }

  return (
    <section className={classes.panel} aria-labelledby="models-title">
      <div className={classes.head}>
        <h2 id="models-title">Models</h2>
        <span className={classes.count}>
          {searching ? `${models.length} of ${listedModels(project.nodes).length}` : models.length}
        </span>
        <input
          id={SEARCH_ID}
          type="search"
          className={classes.search}
          placeholder="Find: fact_box+"
          aria-label="Find a model"
          aria-describedby={hintId}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => onSearch(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <p id={hintId} className={classes.hint} role="status">
        {hintText(searching, first && selectorFor(first, search), selection)}
      </p>
      <div ref={gridRef} className={classes.scroll}>
        <ModelGrid
          groups={groupModels(models)}
          tests={tests.slice(0, SHOWN_TESTS)}
          usualTimes={usualTimes}
          selection={selection}
          build={build}
          onToggle={onToggle}
        />
        {tests.length > SHOWN_TESTS && (
          <p className={classes.rest}>
            and {counted(tests.length - SHOWN_TESTS, "more test")}: type more of the name
          </p>
        )}
        {searching && !first && (
          <p className={classes.none}>
            Nothing in the project is called “{text.trim()}”. The search looks at names, layers, folders and
            tags.
          </p>
        )}
        {project.nodes.length === 0 && <p className={classes.none}>The project has no models.</p>}
      </div>
    </section>
  );
}

/** `/` goes to the search from wherever the focus is, unless something is being typed or a dialog is open. */
function useSearchKey() {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "/" || isTyping(event) || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      document.getElementById(SEARCH_ID)?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function hintText(searching: boolean, selector: string | undefined, selection: readonly string[]): string {
  if (!searching) return "Type + before or after a name to take what lies there";
  if (!selector) return "Nothing found";
  return selection.includes(selector) ? `Enter takes out ${selector}` : `Enter adds ${selector}`;
}
