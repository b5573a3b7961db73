import { Button, type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** The accent from faint to deep; light pages use shade 6, dark ones shade 4 (app/tokens.css). */
const court: MantineColorsTuple = [
  "#eaf0ff",
  "#d3defe",
  "#b4c7fe",
  "#93aeff",
  "#7b9cff",
  "#4f78f5",
  "#2f5bea",
  "#264dcc",
  "#1f40aa",
  "#183285",
];

function filled(button: { variant?: string; color?: string }): boolean {
  return button.color === undefined && (button.variant === undefined || button.variant === "filled");
}

/** Mantine's own dark greys, which its fields and boxes use, as the tokens have them. */
const dark: MantineColorsTuple = [
  "#e8ebf0",
  "#c3cad5",
  "#9aa5b5",
  "#838fa1",
  "#36404e",
  "#232a34",
  "#1a2029",
  "#151a21",
  "#0e1116",
  "#0a0d11",
];

/** What every dialog and sheet has in common; named here without importing them into each page. */
const floating = {
  overlayProps: { backgroundOpacity: 0.4 },
  radius: "md",
  closeButtonProps: { "aria-label": "Close" },
};

/** Mantine's look, bent to the tokens: compact controls, small radii, the accent as the only colour. */
export const theme = createTheme({
  primaryColor: "court",
  primaryShade: { light: 6, dark: 4 },
  colors: { court, dark },
  fontFamily: "var(--font-text)",
  fontFamilyMonospace: "var(--font-mono)",
  fontSizes: { xs: "12px", sm: "13px", md: "13px", lg: "13px", xl: "19px" },
  defaultRadius: "sm",
  radius: { xs: "4px", sm: "6px", md: "10px", lg: "10px", xl: "14px" },
  headings: { fontFamily: "var(--font-text)", fontWeight: "620" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: floating },
    Drawer: { defaultProps: floating },
    Button: Button.extend({
      vars: (_theme, props) => ({
        root: {
          "--button-height": props.size === "xs" ? "26px" : props.size === "lg" ? "40px" : "30px",
          "--button-padding-x": props.size === "xs" ? "9px" : "13px",
          "--button-fz": props.size === "xs" ? "12px" : "13px",
          // White on the dark page's light accent would not be readable.
          "--button-color": filled(props) ? "var(--accent-text)" : undefined,
        },
      }),
    }),
  },
});

/** Mantine's own variables, answered by the tokens, so that its parts and ours change scheme together. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const scheme = {
    "--mantine-color-body": "var(--panel)",
    "--mantine-color-text": "var(--text)",
    "--mantine-color-bright": "var(--text)",
    "--mantine-color-dimmed": "var(--text-second)",
    "--mantine-color-placeholder": "var(--text-third)",
    "--mantine-color-anchor": "var(--accent)",
    "--mantine-color-error": "var(--missing)",
    "--mantine-color-success": "var(--whole)",
    "--mantine-color-default": "var(--panel)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-color": "var(--text)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-color-disabled": "var(--pending-tint)",
    "--mantine-color-disabled-color": "var(--text-third)",
    "--mantine-color-disabled-border": "var(--line)",
    "--mantine-primary-color-contrast": "var(--accent-text)",
    "--mantine-color-court-filled": "var(--accent)",
    "--mantine-color-court-filled-hover": "var(--accent-hover)",
    "--mantine-primary-color-filled": "var(--accent)",
    "--mantine-primary-color-filled-hover": "var(--accent-hover)",
  };
  return { variables: {}, light: scheme, dark: scheme };
};
