namespace MusicSocial.Lyrics.Text;

/// <summary>Walks over text line by line, whichever way lines end; numbers count from 1.</summary>
internal ref struct PhysicalLines(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;
    private bool _done = text.IsEmpty;

    public int Number { get; private set; }

    /// <summary>The line, without its end and as written.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    public bool MoveNext()
    {
        if (_done)
        {
            return false;
        }

        Number++;
        var end = _rest.IndexOfAny('\r', '\n');
        if (end < 0)
        {
            Current = _rest;
            _done = true;
            return true;
        }

        Current = _rest[..end];
        var pair = _rest[end] == '\r' && end + 1 < _rest.Length && _rest[end + 1] == '\n';
        _rest = _rest[(end + (pair ? 2 : 1))..];
        return true;
    }
}
