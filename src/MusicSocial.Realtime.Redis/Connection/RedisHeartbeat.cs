using System.Buffers.Text;
using System.Text;
using Microsoft.Extensions.Logging;

namespace MusicSocial.Realtime.Redis.Connection;

/// <summary>
/// Feels whether Redis is there: sends itself a numbered beat every second, five a second in doubt, through the command connection and must
/// hear each one on the subscription. An open socket proves neither.
/// </summary>
internal sealed partial class RedisHeartbeat(RedisConnection connection, TimeProvider time, RealtimeMetrics metrics, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Worried = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(2.5);

    /// <summary>Beats that could not be sent for this long mean that Redis is away; a broken connection alone is mended sooner.</summary>
    private static readonly TimeSpan AwayAfter = TimeSpan.FromSeconds(1);

    /// <summary>A link that is silent for this long though it believes to be connected is replaced.</summary>
    private static readonly TimeSpan RelinkAfter = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource _end = new();
    private Task _beating = Task.CompletedTask;
    private TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isUp;
    private bool _isChecked;
    private string? _objection;
    private string? _reason;
    private bool _isEnded;
    private long _sent;
    private long _heard;

    // A beat later than this one must be heard before what was missed can be read up on; 0 when nothing is in doubt.
    private long _doubtedAt;
    private long _answeredAt;
    private long _heardAt;
    private long _relinkedAt;
    private long? _failingSince;

    public bool IsUp => Volatile.Read(ref _isUp);

    private string Channel => connection.Keys.ChannelOf($"node:{connection.NodeId}", "beat");

    /// <summary>Begins to beat, and returns when it is known whether Redis is there. Throws when it must not be used.</summary>
    public async Task StartAsync()
    {
        var started = _answeredAt = _heardAt = _relinkedAt = time.GetTimestamp();
        await connection.ListenAsync(Channel, OnBeat, CancellationToken.None);
        await BeatAsync();
        while (!IsUp && _objection is null && time.GetElapsedTime(started) < connection.Settings.CommandTimeout)
        {
            await RestAsync();
            await BeatAsync();
        }

        if (_objection is not null)
            throw new InvalidOperationException($"Redis cannot be used: {_objection}");
        if (!IsUp)
            LogNotThere(connection.Settings.CommandTimeout);
        _beating = RunAsync();
    }

    /// <summary>A command was not answered in time: Redis is away until a beat shows otherwise.</summary>
    public void Suspect(Exception exception) => GoAway(exception);

    /// <summary>Messages may have been missed.</summary>
    public void Doubt()
    {
        Volatile.Write(ref _doubtedAt, Math.Max(1, Volatile.Read(ref _sent)));
        Hurry();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isEnded, true))
            return;
        await _end.CancelAsync();
        await _beating;
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_end.IsCancellationRequested)
            {
                await RestAsync();
                await BeatAsync();
            }
        }
        catch (Exception) when (_end.IsCancellationRequested)
        {
            // The node ends, and with it the connection the last beat was sent on.
        }
    }

    /// <summary>Until the next beat is due; <see cref="Hurry"/> makes it due at once.</summary>
    private async Task RestAsync()
    {
        // First a new bell, then the look at what it rings for: a doubt in between is seen one way or the other.
        if (_hurry.Task.IsCompleted)
            Volatile.Write(ref _hurry, new(TaskCreationOptions.RunContinuationsAsynchronously));
        var isCalm = IsUp && Volatile.Read(ref _doubtedAt) == 0;
        await _hurry.Task.WaitAsync(isCalm ? Calm : Worried, time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Hurry() => Volatile.Read(ref _hurry).TrySetResult();

    private async Task BeatAsync()
    {
        try
        {
            var beat = Encoding.ASCII.GetBytes($"{Interlocked.Increment(ref _sent)}");
            await connection.Link.PublishAsync(Channel, beat).WaitAsync(connection.Settings.CommandTimeout, time, _end.Token);
            Volatile.Write(ref _answeredAt, time.GetTimestamp());
            _failingSince = null;
            if (Volatile.Read(ref _doubtedAt) == 0 || await connection.TryListenAgainAsync())
                await JudgeAsync();
            else
                await RelinkIfStuckAsync();
        }
        catch (Exception exception) when (!_end.IsCancellationRequested)
        {
            Doubt();
            _failingSince ??= time.GetTimestamp();
            TellReason(exception);
            if (exception is TimeoutException || time.GetElapsedTime(_failingSince.Value) >= AwayAfter)
                GoAway(exception);
            await RelinkIfStuckAsync();
        }
    }

    /// <summary>Redis' own words, such as a wrong password, once for each reason.</summary>
    private void TellReason(Exception exception)
    {
        var reason = RedisFault.ReasonOf(exception);
        if (!IsUp && reason != _reason)
            LogNotServed(_reason = reason);
    }

    private TimeSpan SinceAnswered => time.GetElapsedTime(Volatile.Read(ref _answeredAt));

    private TimeSpan SinceHeard => time.GetElapsedTime(Volatile.Read(ref _heardAt));

    private async Task JudgeAsync()
    {
        if (SinceHeard > MostSilence)
        {
            if (Volatile.Read(ref _doubtedAt) == 0)
                Doubt();
            await RelinkIfStuckAsync();
        }
        else if (!IsUp)
        {
            if (Volatile.Read(ref _heard) > Volatile.Read(ref _doubtedAt) || _sent == 1)
                await ComeBackAsync();
        }
        else
        {
            TellDoubt();
        }
    }

    private async Task ComeBackAsync()
    {
        if (!_isChecked && (_objection = await TryCheckAsync()) is not null)
        {
            LogUnfit(_objection);
            return;
        }

        if (!_isChecked || Interlocked.Exchange(ref _isUp, true))
            return;
        _doubtedAt = 0;
        _reason = null;
        if (_sent == 1)
            return;
        LogBack();
        connection.TellDoubt();
    }

    private void TellDoubt()
    {
        var doubted = Volatile.Read(ref _doubtedAt);
        if (doubted == 0 || Volatile.Read(ref _heard) <= doubted || Interlocked.CompareExchange(ref _doubtedAt, 0, doubted) != doubted)
            return;
        LogDoubt();
        connection.TellDoubt();
    }

    private void GoAway(Exception exception)
    {
        if (!Interlocked.Exchange(ref _isUp, false))
            return;
        Doubt();
        metrics.BackplaneWentAway();
        LogAway(_reason = RedisFault.ReasonOf(exception));
        connection.TellAway();
    }

    /// <summary>What is wrong with the server; null when nothing is, or when it could not be asked.</summary>
    private async Task<string?> TryCheckAsync()
    {
        try
        {
            var objection = await RedisConfigurationCheck.CheckAsync(connection.Link.Database, logger).WaitAsync(connection.Settings.CommandTimeout, time);
            _isChecked = objection is null;
            return objection;
        }
        catch (Exception exception) when (RedisFault.MeansAway(exception))
        {
            return null;
        }
    }

    private async Task RelinkIfStuckAsync()
    {
        var isSilent = SinceAnswered > RelinkAfter || SinceHeard > RelinkAfter;
        if (!isSilent || !connection.Link.IsConnected || time.GetElapsedTime(_relinkedAt) < RelinkAfter)
            return;
        _relinkedAt = time.GetTimestamp();
        LogRelink();
        try
        {
            if (await connection.TryRelinkAsync())
                Doubt();
        }
        catch (Exception exception) when (RedisFault.MeansAway(exception))
        {
            // Nor does a new one come through: the next beats tell.
        }
    }

    private void OnBeat(byte[] message)
    {
        if (!Utf8Parser.TryParse(message, out long beat, out _))
            return;
        var before = Interlocked.Exchange(ref _heard, beat);
        Volatile.Write(ref _heardAt, time.GetTimestamp());
        if (beat != before + 1)
            Doubt();
        else if (Volatile.Read(ref _doubtedAt) is var doubted && before <= doubted && beat > doubted)
            Hurry();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis has not answered for {Timeout}; this node is not ready until it does. Trying on.")]
    private partial void LogNotThere(TimeSpan timeout);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis does not serve this node: {Reason}")]
    private partial void LogNotServed(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Redis is away: {Reason}. Comments go on, seen on this node only until it is back; room commands are refused.")]
    private partial void LogAway(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis is back.")]
    private partial void LogBack();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Messages from Redis may have been missed; reading every followed topic from its log.")]
    private partial void LogDoubt();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to Redis is open but nothing comes through; opening a new one.")]
    private partial void LogRelink();

    [LoggerMessage(Level = LogLevel.Critical, Message = "Redis cannot be used: {Objection}")]
    private partial void LogUnfit(string objection);
}
