import { RunNotFound } from "@/components/runs/run-not-found";

export default RunNotFound;
