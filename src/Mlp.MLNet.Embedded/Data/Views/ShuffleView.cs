using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The rows of a view in another, fixed order: drawn from a pool that moves along the source.</summary>
internal sealed class ShuffleView : IDataView
{
    private readonly IDataView _source;
    private readonly int _poolSize;
    private readonly bool _shufflesSource;
    private readonly int _seed;

    public ShuffleView(IHostEnvironment env, IDataView source, int? seed, int poolSize, bool shufflesSource)
    {
        var host = env.Register("Shuffle");
        _source = StorableColumns.Of(source);
        _poolSize = poolSize;
        _shufflesSource = shufflesSource;
        // All 32 bits of one number of the generator, whose Doubles carry exactly that many.
        _seed = seed ?? (int)(uint)(host.Rand.NextDouble() * (1L << 32));
    }

    public bool CanShuffle => true;

    public DataViewSchema Schema => _source.Schema;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        rand ??= new TauswortheHybrid((uint)_seed);
        // Drawn even if the source then does not use it: the pool's numbers come after it.
        var sourceRand = _shufflesSource ? new TauswortheHybrid(rand) : null;
        var active = new ActiveColumns(Schema, columnsNeeded);
        var input = _source.GetRowCursor(active.Of(_source.Schema), _source.CanShuffle ? sourceRand : null);
        return _poolSize == 1 ? input : new Cursor(Schema, input, active, _poolSize, rand);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : ViewCursor
    {
        private readonly DataViewRowCursor _input;
        private readonly ActiveColumns _active;
        private readonly int _poolSize;
        private readonly Random _rand;
        private readonly Dictionary<int, RowBuffer> _columns;
        private readonly RowBuffer _ids;

        // The pool: slots of the buffers, in the order of the source apart from the swaps.
        private readonly Queue<int> _free = new();
        private readonly List<int> _pool = [];
        private int _head;
        private int _current = -1;
        private bool _isExhausted;

        public Cursor(DataViewSchema schema, DataViewRowCursor input, ActiveColumns active, int poolSize, Random rand)
            : base(schema)
        {
            _input = input;
            _active = active;
            _poolSize = poolSize;
            _rand = rand;
            _columns = active.Of(schema)
                .ToDictionary(column => column.Index, column => RowBuffer.Create(input, input.Schema[column.Index]));
            _ids = RowBuffer.CreateForIds(input);
        }

        private int Count => _pool.Count - _head;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ValueGetter<DataViewRowId>)_ids.CreateGetter(CurrentRow);

        protected override Delegate GetGetterCore(DataViewSchema.Column column) => _columns[column.Index].CreateGetter(CurrentRow);

        protected override bool MoveNextCore()
        {
            if (_current >= 0)
                _free.Enqueue(_current);
            Fill();
            if (Count == 0)
                return false;
            int drawn = _head + _rand.Next(Count);
            _current = _pool[drawn];
            _pool[drawn] = _pool[_head++];
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _input.Dispose();
            base.Dispose(disposing);
        }

        private int CurrentRow()
        {
            CheckGood();
            return _current;
        }

        private void Fill()
        {
            // The part before the head is dead; dropping it only once it is half makes that cheap.
            if (_head > _pool.Count / 2)
            {
                _pool.RemoveRange(0, _head);
                _head = 0;
            }
            while (Count < _poolSize && !_isExhausted)
            {
                if (!_input.MoveNext())
                {
                    _isExhausted = true;
                    return;
                }
                int slot = _free.Count > 0 ? _free.Dequeue() : Count;
                foreach (var column in _columns.Values)
                    column.Store(slot);
                _ids.Store(slot);
                _pool.Add(slot);
            }
        }
    }
}
