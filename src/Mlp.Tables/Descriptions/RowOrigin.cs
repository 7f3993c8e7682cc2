namespace Mlp.Tables.Descriptions;

/// <summary>Where rows with a schema come from: read again from the first one whenever they are asked for.</summary>
internal abstract class RowOrigin
{
    /// <summary>For messages: the file, or what stands for it.</summary>
    public abstract string Title { get; }

    public abstract TableFormat Format { get; }

    /// <summary>Names and types, in the order of the schema.</summary>
    public abstract IReadOnlyList<SourceColumn> Columns { get; }

    /// <summary>Between the fields of its files of text.</summary>
    public virtual char Separator => ',';

    /// <summary>Whether the columns have names of their own.</summary>
    public virtual bool HasHeader => true;

    /// <summary>Whether another reading may give other rows, or the same in another order, so that what is read is compared.</summary>
    public virtual bool MayChange => false;

    /// <summary>A reader before the first row.</summary>
    /// <param name="uses">One per column: what is not needed is not read. Null for everything.</param>
    /// <param name="cancellationToken">For all reading.</param>
    /// <exception cref="TableException">The rows cannot be read.</exception>
    public abstract RowReader Open(ColumnUse[]? uses, CancellationToken cancellationToken);
}
