import { describe, expect, it } from "vitest";
import { csvLine } from "./csv-line";

describe("csvLine", () => {
  it.each<[Parameters<typeof csvLine>[0], string]>([
    [["plain", 12, null], "plain,12,\r\n"],
    [['say "hi"', "a,b", "two\nlines"], '"say ""hi""","a,b","two\nlines"\r\n'],
    [["=1+1", "+1", "-1", "@SUM(A1)"], "'=1+1,'+1,'-1,'@SUM(A1)\r\n"],
    [["  =1", "\t=1", "\r=1"], "'  =1,'\t=1,\"'\r=1\"\r\n"],
    [['=HYPERLINK("http://evil")'], `"'=HYPERLINK(""http://evil"")"\r\n`],
    [[-7, 0.5], "-7,0.5\r\n"],
  ])("%j", (cells, line) => {
    expect(csvLine(cells)).toBe(line);
  });
});
