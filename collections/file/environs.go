package file

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"culprit/collections"
)

// RenameEnvironment gives an environment, and its file, another name; what was said about it goes with it. A name that
// is taken, and a file that is not what was read, are errors, and nothing is changed then.
func (s *Store) RenameEnvironment(env collections.Environment, name string) (collections.Environment, error) {
	stem := FileName(name)
	if stem == "" {
		return env, fmt.Errorf("rename environment: %w", ErrName)
	}
	src, err := s.unchanged(env)
	if err != nil {
		return env, err
	}
	if stem == env.Name {
		return env, nil
	}
	if d, fault := Parse(src); fault == nil {
		if _, ok := d.find("name"); ok && d.Set("name", name) == nil {
			src = d.Bytes()
		}
	}
	rel := path.Join(envFolder, stem+".yml")
	if err := s.create(rel, src); err != nil {
		return env, fmt.Errorf("rename environment: %w", err)
	}
	// Its mark is written before the old file goes and taken back after it, so that neither is ever less guarded.
	err = s.editMarks(func(marks map[string]Mark) {
		m := marks[env.Name]
		m.Production = m.Production || env.Production && !named(stem)
		if m != (Mark{}) {
			marks[stem] = m
		}
	})
	if err == nil {
		err = s.root().Remove(s.rel(env.File))
	}
	if err != nil {
		_ = s.root().Remove(rel)
		s.forget(rel)
		return env, fmt.Errorf("rename environment: %w", err)
	}
	s.forget(s.rel(env.File))
	err = s.editMarks(func(marks map[string]Mark) { delete(marks, env.Name) })
	if err != nil {
		return env, fmt.Errorf("rename environment: %w", err)
	}
	renamed, _, err := s.environment(stem)
	renamed.Production, renamed.Dev, renamed.Public = env.Production, env.Dev, env.Public
	return renamed, errors.Join(err, s.syncDir(envFolder))
}

// DeleteEnvironment removes the file of an environment and what was said about it; undo brings both back. A file that is
// not what was read stays, and a *Changed says so.
func (s *Store) DeleteEnvironment(env collections.Environment) (undo func() error, err error) {
	src, err := s.unchanged(env)
	if err != nil {
		return nil, err
	}
	rel := s.rel(env.File)
	if err := s.root().Remove(rel); err != nil {
		return nil, fmt.Errorf("delete environment: %w", err)
	}
	s.forget(rel)
	var mark Mark
	marked := false
	err = s.editMarks(func(marks map[string]Mark) {
		mark, marked = marks[env.Name]
		delete(marks, env.Name)
	})
	undo = func() error {
		if err := s.create(rel, src); err != nil || !marked {
			return err
		}
		return s.Mark(env.Name, mark)
	}
	return undo, errors.Join(err, s.syncDir(envFolder))
}

// unchanged returns the text of an environment's file, which must still be what was read.
func (s *Store) unchanged(env collections.Environment) ([]byte, error) {
	rel := s.rel(env.File)
	was, ok := s.remembered(rel)
	if !ok {
		return nil, fmt.Errorf("%s: %w", rel, ErrNotRead)
	}
	now, err := s.read(rel)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read %s: %w", rel, err)
	}
	if err != nil || !bytes.Equal(was, now) {
		return nil, &Changed{File: env.File, Theirs: now}
	}
	return was, nil
}
