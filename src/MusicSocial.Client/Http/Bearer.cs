namespace MusicSocial.Client.Http;

/// <summary>Which requests say who one is.</summary>
internal enum Bearer
{
    /// <summary>The request is about becoming somebody.</summary>
    None,

    /// <summary>The answer is richer for somebody signed in.</summary>
    IfSignedIn,

    /// <summary>Not without.</summary>
    Required,
}

/// <summary>The answer of a door that has nothing to say.</summary>
internal readonly record struct Nothing;
