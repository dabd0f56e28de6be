import type { PdfDocument } from "./pdfkit.ts";
import type { PackDocument } from "./nodes.ts";
import { escapeXml } from "../../src/xml-text.ts";
import { plainLine } from "./printable.ts";

/**
 * PDFKit writes each entry twice: as it is into the information dictionary, by way of `valueOf`, and
 * unescaped into the XMP metadata, by way of a template literal. Both must say the same, and `&` in a
 * title must not break the XML, so only the second spelling is escaped.
 */
class InfoText extends String {
  override toString(): string {
    return escapeXml(this.valueOf());
  }
}

export function informationOf(document: PackDocument): Record<string, unknown> {
  const text = (value: string) => new InfoText(plainLine(value));
  return {
    Title: text(document.title),
    Author: text(document.author),
    Subject: text(document.subject),
    Producer: text("Quarterdeck"),
    Creator: text("Quarterdeck"),
    CreationDate: document.asOf,
  };
}

const PDFUA = "http://www.aiim.org/pdfua/ns/id/";

/** States PDF/UA-1. PDF/A accepts the statement only with a description of its schema. */
export function declareAccessible(document: PdfDocument): void {
  document.appendXML(`
    <rdf:Description xmlns:pdfuaid="${PDFUA}" rdf:about="">
      <pdfuaid:part>1</pdfuaid:part>
    </rdf:Description>
    <rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
        xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
      <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
        <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
        <pdfaSchema:namespaceURI>${PDFUA}</pdfaSchema:namespaceURI>
        <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
        <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
          <pdfaProperty:name>part</pdfaProperty:name>
          <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
          <pdfaProperty:category>internal</pdfaProperty:category>
          <pdfaProperty:description>Part of the PDF/UA standard that the file follows</pdfaProperty:description>
        </rdf:li></rdf:Seq></pdfaSchema:property>
      </rdf:li></rdf:Bag></pdfaExtension:schemas>
    </rdf:Description>`);
}
