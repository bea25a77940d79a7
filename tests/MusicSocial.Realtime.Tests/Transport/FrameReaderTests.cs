using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using MusicSocial.Realtime.Tests.Rig;
using MusicSocial.Realtime.Transport;

namespace MusicSocial.Realtime.Tests.Transport;

/// <summary>Whatever the network makes of a stream of frames, the same is read; whatever bytes come, reading ends in an orderly way.</summary>
public sealed class FrameReaderTests
{
    private const int Rounds = 300;

    [Fact]
    public async Task Any_cut_of_any_stream_reads_the_same()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var (stream, payload, pings) = RandomStream(random);
            var watch = new RecordingWatch();

            var read = await ReadAsync(random, stream, watch, consumesAll: random.Next(2) == 0);

            Assert.Equal(payload, read);
            Assert.Equal(pings, watch.Pings);
            Assert.Null(watch.Violation);
        }
    }

    [Fact]
    public async Task Random_bytes_end_in_an_orderly_way()
    {
        for (var seed = 0; seed < Rounds * 10; seed++)
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);

            await ReadAsync(random, bytes, new RecordingWatch(), consumesAll: true);
        }
    }

    [Fact]
    public async Task A_damaged_stream_ends_in_an_orderly_way_with_what_was_sound()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var (stream, _, _) = RandomStream(random);
            stream[random.Next(stream.Length)] ^= (byte)(1 << random.Next(8));

            await ReadAsync(random, stream, new RecordingWatch(), consumesAll: true);
        }
    }

    [Fact]
    public void Text_is_judged_the_same_however_it_is_cut()
    {
        for (var seed = 0; seed < Rounds * 10; seed++)
        {
            var random = new Random(seed);
            var bytes = RandomText(random);
            if (random.Next(2) == 0 && bytes.Length > 0)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var watch = default(Utf8Validator);
            var isSound = true;

            foreach (var piece in Cut(random, bytes))
                isSound = isSound && watch.Take(piece);

            Assert.Equal(System.Text.Unicode.Utf8.IsValid(bytes), isSound && watch.IsWhole);
        }
    }

    private static (byte[] Stream, byte[] Payload, List<string> Pings) RandomStream(Random random)
    {
        List<byte> stream = [];
        List<byte> payload = [];
        List<string> pings = [];
        for (var message = random.Next(1, 6); message > 0; message--)
        {
            var isText = random.Next(2) == 0;
            var content = isText ? RandomText(random) : new byte[random.Next(5) == 0 ? random.Next(70_000) : random.Next(300)];
            var pieces = random.Next(3) == 0 ? Cut(random, content) : [content];
            for (var i = 0; i < pieces.Count; i++)
            {
                var opcode = i > 0 ? 0 : isText ? WireClient.Text : WireClient.Binary;
                stream.AddRange(WireClient.Frame(opcode, pieces[i], isLast: i == pieces.Count - 1));
                if (random.Next(4) == 0)
                {
                    pings.Add($"ping {pings.Count}");
                    stream.AddRange(WireClient.Frame(WireClient.Ping, Encoding.UTF8.GetBytes(pings[^1])));
                }
            }

            payload.AddRange(content);
        }

        stream.AddRange(WireClient.Frame(WireClient.Close, []));
        return ([.. stream], [.. payload], pings);
    }

    private static byte[] RandomText(Random random)
    {
        string[] letters = ["a", "ü", "€", "🎵", " "];
        return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => letters[random.Next(letters.Length)])));
    }

    private static List<byte[]> Cut(Random random, byte[] bytes)
    {
        List<byte[]> pieces = [];
        var largest = random.Next(1, Math.Max(2, bytes.Length));
        for (var start = 0; start < bytes.Length;)
        {
            var length = Math.Min(random.Next(1, largest + 1), bytes.Length - start);
            pieces.Add(bytes[start..(start + length)]);
            start += length;
        }

        return pieces.Count == 0 ? [[]] : pieces;
    }

    // Who leaves half of what it gets unconsumed, as a parser does with half a message, gets it again with more, or never.
    private static async Task<byte[]> ReadAsync(Random random, byte[] stream, RecordingWatch watch, bool consumesAll)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0, minimumSegmentSize: random.Next(16, 200)));
        var reader = new FrameReader(pipe.Reader, watch);
        var writing = WriteAsync(pipe.Writer, Cut(random, stream));
        List<byte> read = [];
        byte[] left = [];
        while (true)
        {
            var result = await Eventually.Finishes(reader.ReadAsync().AsTask());
            if (result.IsCompleted)
            {
                reader.AdvanceTo(result.Buffer.End);
                break;
            }

            var consumed = consumesAll ? result.Buffer : result.Buffer.Slice(0, result.Buffer.Length / 2);
            left = result.Buffer.Slice(consumed.End).ToArray();
            read.AddRange(consumed.ToArray());
            reader.AdvanceTo(consumed.End, result.Buffer.End);
        }

        await pipe.Reader.CompleteAsync();
        await Eventually.Finishes(writing);
        return [.. read, .. left];
    }

    private static async Task WriteAsync(PipeWriter writer, List<byte[]> pieces)
    {
        foreach (var piece in pieces)
        {
            await writer.WriteAsync(piece);
            await Task.Yield();
        }

        await writer.CompleteAsync();
    }

    private sealed class RecordingWatch : IFrameObserver
    {
        public List<string> Pings { get; } = [];

        public CloseCode? Violation { get; private set; }

        public void OnFrame(long bytes)
        {
            // No limits here.
        }

        public void OnPing(ReadOnlySpan<byte> payload) => Pings.Add(Encoding.UTF8.GetString(payload));

        public void OnViolation(CloseCode code) => Violation = code;
    }
}
