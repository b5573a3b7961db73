import classes from "./bone.module.css";

/** Where a line of text will stand once it is loaded. */
export function Bone() {
  return <div className={classes.bone} />;
}
