namespace Mlp.Tables.Reading;

/// <summary>The limits of reading a table: a file that exceeds them is refused, or a count stops there.</summary>
internal static class TableLimits
{
    /// <summary>Bytes of one field. An unclosed quote is detected after this many.</summary>
    public const int FieldBytes = 1 << 20;

    /// <summary>Bytes of one row; a row of 100,000 numbers takes about a twentieth of it.</summary>
    public const int RecordBytes = 1 << 24;

    public const int Columns = 100_000;

    /// <summary>Bytes read first, from which separator and header are found.</summary>
    public const int HeadBytes = 1 << 18;

    /// <summary>Rows of the head that are inspected.</summary>
    public const int HeadRows = 200;

    /// <summary>The most bytes that a compressed file can unpack to; a file of zeros compresses a thousandfold.</summary>
    public const long DecompressedBytes = 64L << 30;

    /// <summary>Different values counted in one column of a narrow table.</summary>
    public const int DistinctValues = 10_000;

    /// <summary>Different values counted in all columns together.</summary>
    public const int DistinctValuesOfTable = 4_000_000;

    /// <summary>Values of a column of which it is remembered what labels they go with.</summary>
    public const int RelatedValues = 1000;

    /// <summary>Such values of all columns together.</summary>
    public const int RelatedValuesOfTable = 1_000_000;

    /// <summary>Rows among which equal ones are looked for.</summary>
    public const int RowsCompared = 1_000_000;

    public const int Classes = 1000;

    /// <summary>Rows with a label that training and testing need at least.</summary>
    public const int TrainingRows = 10;

    public const int Examples = 5;
}
