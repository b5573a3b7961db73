"use client";

import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import classes from "./color-scheme-switch.module.css";
import { useHydrated } from "./relative-time";

const SCHEMES = [
  { value: "auto", label: "As the system", Icon: IconDeviceDesktop },
  { value: "light", label: "Light", Icon: IconSun },
  { value: "dark", label: "Dark", Icon: IconMoon },
] as const satisfies { value: MantineColorScheme; label: string; Icon: typeof IconSun }[];

/** Auto, light or dark, as three radios: arrow keys move between them; the browser remembers the choice. */
export function ColorSchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const chosen = useHydrated() ? colorScheme : "auto";
  return (
    <fieldset className={classes.group}>
      <legend className={classes.hidden}>Colours</legend>
      {SCHEMES.map(({ value, label, Icon }) => (
        <label key={value} className={classes.choice} title={label}>
          <input
            type="radio"
            name="color-scheme"
            className={classes.hidden}
            checked={chosen === value}
            onChange={() => setColorScheme(value)}
          />
          <Icon size={15} stroke={1.7} aria-hidden />
          <span className={classes.hidden}>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
