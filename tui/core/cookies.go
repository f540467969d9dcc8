package core

import (
	"context"
	"time"

	"culprit/collections"
	"culprit/collections/jar"
	"culprit/request"
	"culprit/request/cookie"
	"culprit/tui/shell"
)

// jar is the jar of an environment, nil where cookies are not kept. It reads nothing.
func (c *Core) jar(env string) *jar.Jar {
	if c.parts.Jars == "" {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	j, ok := c.jars[env]
	if !ok {
		if c.jars == nil {
			c.jars = map[string]*jar.Jar{}
		}
		j = jar.Of(c.parts.Jars, c.parts.Store.Dir(), env)
		c.jars[env] = j
	}
	return j
}

// jarred are the options for a request that is sent or diagnosed: with the cookies of the environment, unless the collection
// wants none.
func (c *Core) jarred(env string) collections.ResolveOptions {
	o := c.options(env)
	if j := c.jar(env); j != nil && c.jarless() == "" {
		o.Jar = j
	}
	return o
}

// jarless says what switches the jars off for all requests, "" for nothing.
func (c *Core) jarless() string {
	switch {
	case c.parts.NoJar:
		return "cookies = false in config.toml"
	case !c.parts.Store.Jar():
		return `"cookies": false in .culprit.json`
	}
	return ""
}

// A then is a jar as it was when a request went out. Nothing is put into it.
type then struct{ cookies *cookie.Jar }

// Open implements collections.Jar.
func (t then) Open() (*cookie.Jar, error) { return t.cookies, nil }

// Keep implements collections.Jar.
func (t then) Keep(*request.Exchange) error { return nil }

// jarredAs are the options with the cookies that x went out with: its own answer may have taken some back since, and it is
// with them that it failed.
func (c *Core) jarredAs(env string, x *request.Exchange) collections.ResolveOptions {
	o := c.jarred(env)
	if x != nil && o.Jar != nil {
		if was, ok := x.Request.Jar.(*cookie.Jar); ok {
			o.Jar = then{was}
		}
	}
	return o
}

// cookies are the functions by which the shell shows the jars.
func (c *Core) cookies() *shell.Cookies {
	return &shell.Cookies{
		Read: func(_ context.Context, env string) ([]cookie.Cookie, error) {
			all, err := c.jar(env).Open()
			if err != nil {
				return nil, err
			}
			return all.All(time.Now()), nil
		},
		Take: func(_ context.Context, env string, k cookie.Cookie) error {
			_, err := c.jar(env).Take(k.Same)
			return err
		},
		Off: func(s collections.Saved) string {
			if on := s.Settings.Cookies; c.jarless() == "" && on != nil && !*on {
				return "the settings of the request switch the jar off"
			}
			return c.jarless()
		},
		Clear: func(_ context.Context, env string) error { return c.jar(env).Clear() },
	}
}
