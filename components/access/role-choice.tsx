"use client";

import { useId } from "react";
import { ROLES, type Role } from "@/lib/contracts/roles";
import classes from "./role-choice.module.css";
import { ROLE_WORDS } from "./role-words";

type RoleChoiceProps = {
  legend: string;
  value: Role;
  /** Who is to have it. */
  whose?: "person" | "token";
  /** Why a role cannot be chosen here, else null. */
  refusal?: (role: Role) => string | null;
  onChange: (role: Role) => void;
};

/** One of the roles, each with what it lets a person do. */
export function RoleChoice({
  legend,
  value,
  whose = "person",
  refusal = () => null,
  onChange,
}: RoleChoiceProps) {
  const name = useId();
  return (
    <fieldset className={classes.choice}>
      <legend className={classes.legend}>{legend}</legend>
      {ROLES.map((role) => {
        const why = refusal(role);
        return (
          <label key={role} className={classes.role} data-chosen={role === value || undefined}>
            <input
              type="radio"
              name={name}
              value={role}
              checked={role === value}
              disabled={why !== null}
              aria-labelledby={`${name}-${role}`}
              aria-describedby={`${name}-${role}-may`}
              onChange={() => onChange(role)}
            />
            <span>
              <span id={`${name}-${role}`} className={classes.label}>
                {ROLE_WORDS[role].label}
              </span>
              <span id={`${name}-${role}-may`} className={classes.may}>
                {why ?? ROLE_WORDS[role][whose === "token" ? "token" : "adds"]}
              </span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
