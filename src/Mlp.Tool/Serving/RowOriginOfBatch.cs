using Mlp.Tables;
using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tool.Serving;

/// <summary>Rows of a request in the place of a table's, so that they are read as those of a table are.</summary>
/// <param name="batch">The rows.</param>
/// <param name="columns">Of the table.</param>
/// <param name="cancellationToken">Ends the reading.</param>
internal sealed class RowOriginOfBatch(RowBatch batch, IReadOnlyList<SourceColumn> columns, CancellationToken cancellationToken) : RowOrigin
{
    public override string Title => "the request";

    public override TableFormat Format => TableFormat.Query;

    public override IReadOnlyList<SourceColumn> Columns => columns;

    public override RowReader Open(ColumnUse[]? uses, CancellationToken ofReader) => new Rows(batch, cancellationToken);

    private sealed class Rows : TypedRows
    {
        private readonly int _count;
        private readonly CancellationToken _cancellationToken;

        public Rows(RowBatch batch, CancellationToken cancellationToken)
            : base(batch.Columns.Count)
        {
            (_count, _cancellationToken) = (batch.Count, cancellationToken);
            for (int column = 0; column < Values.Length; column++)
                Values[column] = batch.Columns[column];
        }

        public override bool Read()
        {
            _cancellationToken.ThrowIfCancellationRequested();
            Row = (int)Line;
            return Line++ < _count;
        }
    }
}
