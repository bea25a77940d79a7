namespace MusicSocial.Lyrics.Tests;

/// <summary>What holds for every sheet, whatever it was read from.</summary>
internal static class SheetAssert
{
    public static void ReadsOrRefuses(ReadOnlyMemory<byte> bytes, LyricFormat? format, string? encodingHint = null)
    {
        try
        {
            IsSound(LyricReader.Read(bytes, format, encodingHint));
        }
        catch (LyricRefusedException refusal)
        {
            Assert.StartsWith("lyrics.", refusal.Code, StringComparison.Ordinal);
            Assert.True(refusal.Line is null or > 0);
        }
    }

    public static void IsSound(LyricSheet sheet)
    {
        Assert.NotEmpty(sheet.Lines);
        Assert.True(sheet.Lines.Length <= LyricLimits.Lines);
        Assert.True(sheet.Warnings.Length <= LyricLimits.Warnings);
        Assert.True(sheet.Metadata.Count <= LyricLimits.Tags);
        var last = 0;
        foreach (var line in sheet.Lines)
        {
            Assert.Equal(sheet.Synced, line.StartMs is not null);
            if (!line.IsBackground)
            {
                Assert.True(line.StartMs.GetValueOrDefault() >= last);
                last = line.StartMs.GetValueOrDefault();
            }

            IsSound(line);
        }
    }

    private static void IsSound(LyricLine line)
    {
        Assert.True(line.EndMs is null || line.EndMs >= line.StartMs);
        Assert.DoesNotContain('\r', line.Text);
        if (line.Words.IsEmpty)
        {
            return;
        }

        Assert.Equal(line.Text, string.Concat(line.Words.Select(word => word.Text)));
        var last = 0;
        foreach (var word in line.Words)
        {
            Assert.True(word.StartMs >= last);
            Assert.True(word.EndMs is null || word.EndMs >= word.StartMs);
            last = word.StartMs;
        }
    }
}
