namespace Mlp.Tables.Descriptions;

/// <summary>Moves over rows, and gives the fields of the one it is on.</summary>
internal abstract class RowReader : IDisposable
{
    /// <summary>Line on which the row begins, or its number; from 1.</summary>
    public abstract long Line { get; protected set; }

    public abstract int FieldCount { get; protected set; }

    /// <summary>Moves to the next row; false behind the last one.</summary>
    /// <exception cref="TableException">The rows cannot be read.</exception>
    public abstract bool Read();

    /// <summary>A field as text in UTF-8, without blanks around it; empty where there is no value. Valid until the next row is
    /// read.</summary>
    public abstract ReadOnlySpan<byte> Field(int index);

    public abstract string Text(int index);

    /// <summary>A value that is a number by its type, NaN for a missing one; false where only the text tells.</summary>
    public virtual bool TryNumber(int index, out double value)
    {
        value = double.NaN;
        return false;
    }

    /// <summary>The number as <see cref="float"/>; what is beyond its range counts as missing.</summary>
    public virtual bool TrySingle(int index, out float value)
    {
        bool isNumber = TryNumber(index, out double number);
        value = (float)number;
        if (!float.IsFinite(value))
            value = float.NaN;
        return isNumber;
    }

    public virtual void Dispose()
    {
    }
}
