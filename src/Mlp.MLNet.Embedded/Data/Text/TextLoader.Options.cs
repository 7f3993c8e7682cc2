namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>How the file is written.</summary>
    public class Options
    {
        /// <summary>Fields in double quotes may contain separators.</summary>
        public bool AllowQuoting = Defaults.AllowQuoting;

        /// <summary>Lines may end in index:value pairs, preceded by their number of columns unless InputSize says it.</summary>
        public bool AllowSparse = Defaults.AllowSparse;

        /// <summary>Number of columns in the file.</summary>
        public int? InputSize;

        public char[] Separators = [Defaults.Separator];

        public char DecimalMarker = Defaults.DecimalMarker;

        public Column[] Columns = null!;

        /// <summary>Blanks at the end of a line are no field.</summary>
        public bool TrimWhitespace = Defaults.TrimWhitespace;

        public bool HasHeader = Defaults.HasHeader;

        /// <summary>Here reading is always done by the caller's thread; what errors look like depends on it all the same.</summary>
        public bool UseThreads = true;

        /// <summary>Quoted fields may contain line breaks.</summary>
        public bool ReadMultilines = Defaults.ReadMultilines;

        /// <summary>A file whose first line names the columns; the data files then have no header.</summary>
        public string HeaderFile = null!;

        public long? MaxRows;

        public char EscapeChar = Defaults.EscapeChar;

        /// <summary>Empty and absent fields of Single and Double columns become NaN instead of 0.</summary>
        public bool MissingRealsAsNaNs = Defaults.MissingRealsAsNaNs;
    }

    internal static class Defaults
    {
        internal const bool AllowQuoting = false;
        internal const bool AllowSparse = false;
        internal const char Separator = '\t';
        internal const char DecimalMarker = '.';
        internal const bool HasHeader = false;
        internal const bool TrimWhitespace = false;
        internal const bool ReadMultilines = false;
        internal const char EscapeChar = '"';
        internal const bool MissingRealsAsNaNs = false;
    }
}
