declare module "svg-to-pdfkit" {
  export default function svgToPdf(
    document: object,
    svg: string,
    x: number,
    y: number,
    options: {
      width: number;
      height: number;
      preserveAspectRatio: string;
      assumePt: boolean;
      fontCallback: (family: string, bold: boolean, italic: boolean) => string;
      warningCallback: (message: string) => void;
    },
  ): void;
}
