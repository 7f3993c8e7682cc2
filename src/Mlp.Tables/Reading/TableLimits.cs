namespace Mlp.Tables.Reading;

/// <summary>How far reading a table goes: a file beyond these bounds is refused, or a count stops there.</summary>
internal static class TableLimits
{
    /// <summary>Bytes of one field. An unclosed quote is found after as many.</summary>
    public const int FieldBytes = 1 << 20;

    /// <summary>Bytes of one row; 100,000 columns of numbers have about a twentieth.</summary>
    public const int RecordBytes = 1 << 24;

    public const int Columns = 100_000;

    /// <summary>Bytes read first, from which separator and header are found.</summary>
    public const int HeadBytes = 1 << 18;

    /// <summary>Rows of the head that are looked at.</summary>
    public const int HeadRows = 200;

    /// <summary>Bytes that a compressed file may become: a file of zeros shrinks a thousandfold.</summary>
    public const long DecompressedBytes = 64L << 30;

    /// <summary>Different values counted in one column of a narrow table.</summary>
    public const int DistinctValues = 10_000;

    /// <summary>Different values counted in all columns together.</summary>
    public const int DistinctValuesOfTable = 4_000_000;

    /// <summary>Rows among which equal ones are looked for.</summary>
    public const int RowsCompared = 1_000_000;

    /// <summary>Different values of a category.</summary>
    public const int Categories = 1000;

    public const int Classes = 1000;

    /// <summary>Rows with a label that training and testing need at least.</summary>
    public const int TrainingRows = 10;

    public const int Examples = 5;
}
